/** To come. */
export function Policies() {
  return null;
}
