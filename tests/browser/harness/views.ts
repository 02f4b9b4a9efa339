/** Every view by its address, and what is there when it has come. */
export const VIEWS: readonly (readonly [path: string, heading: RegExp])[] = [
  ["/", /overview/i],
  ["/inbox", /inbox/i],
  ["/actions", /actions/i],
  ["/audit", /audit/i],
  ["/agents", /agents/i],
  ["/policies", /policies/i],
  ["/goals", /goals/i],
  ["/budgets", /budgets/i],
  ["/products", /products/i],
  ["/orders", /orders/i],
  ["/finance", /finance/i],
  ["/marketing", /marketing/i],
  ["/control", /control/i],
];
