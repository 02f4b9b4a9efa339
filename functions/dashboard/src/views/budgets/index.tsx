/** To come. */
export function Budgets() {
  return null;
}
