/** To come. */
export function Actions() {
  return null;
}

/** To come. */
export function Action() {
  return null;
}
