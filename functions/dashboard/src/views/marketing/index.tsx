/** To come. */
export function Marketing() {
  return null;
}
