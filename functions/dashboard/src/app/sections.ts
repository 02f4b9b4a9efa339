/** The views that the navigation offers, in the order of an approver's day. */
export const SECTIONS = [
  { to: "/", name: "overview" },
  { to: "/inbox", name: "inbox" },
  { to: "/actions", name: "actions" },
  { to: "/audit", name: "audit" },
  { to: "/agents", name: "agents" },
  { to: "/policies", name: "policies" },
  { to: "/goals", name: "goals" },
  { to: "/budgets", name: "budgets" },
  { to: "/products", name: "products" },
  { to: "/orders", name: "orders" },
  { to: "/finance", name: "finance" },
  { to: "/marketing", name: "marketing" },
  { to: "/control", name: "control" },
] as const;
