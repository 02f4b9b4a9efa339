/** To come. */
export function Goals() {
  return null;
}
