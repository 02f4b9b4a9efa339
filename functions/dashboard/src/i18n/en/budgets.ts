/** Budgets. */
export const budgets = {
  title: "Budgets",
  hint: "What may be committed without a person. What goes beyond it waits for people.",
  kind: {
    store: "The whole store",
    mandate: "Mandate of the CEO function",
    cluster: "Clusters",
    agent: "Agents",
    campaign: "Campaigns",
  } as Record<string, string>,
  window: { hour: "Last hour", day: "Last 24 hours", week: "Last 7 days" } as Record<string, string>,
  used: "Spent",
  reserved: "Held back",
  left: "Left",
  limit: "Limit",
  noLimit: "Policy sets no limit here.",
  noReserved: "How much of it is held back is not known: there are too many to tell.",
  means: (spent: string, reserved: string, left: string, limit: string) =>
    `${spent} spent, ${reserved} held back, ${left} left of ${limit}`,
  meansUnsplit: (used: string, left: string, limit: string) =>
    `${used} spent or held back, ${left} left of ${limit}`,
  most: (name: string, used: string) => `Most of the last day: ${name}, ${used}`,
  full: "Nothing is left: what comes now waits for a person.",
  firstOnly: (count: string) => `The first ${count} are shown.`,
  none: "There are no budgets",
  noneHint: "Policy sets no limit, and nothing was spent.",
  noneOf: "Nothing was spent under a name of its own yet.",
};
export type BudgetWords = typeof budgets;
