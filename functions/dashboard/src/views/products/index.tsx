/** To come. */
export function Products() {
  return null;
}
