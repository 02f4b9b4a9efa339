/** To come. */
export function Audit() {
  return null;
}
