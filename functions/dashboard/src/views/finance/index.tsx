/** To come. */
export function Finance() {
  return null;
}
