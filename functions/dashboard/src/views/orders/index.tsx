/** To come. */
export function Orders() {
  return null;
}
