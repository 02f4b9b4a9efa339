/** To come. */
export function Agents() {
  return null;
}

/** To come. */
export function Agent() {
  return null;
}
