/** Orders, finance and marketing: what is known of them today. */
export const business = {
  orders: {
    title: "Orders",
    hint: "From a paid order to its delivery.",
    missing: "No data about orders yet",
    why: "Orders appear here as the shop reports them and the agents that fulfil them work: which supplier, where the parcel is, what is held and why.",
  },
  finance: {
    title: "Finance",
    hint: "What comes in, what goes out, and what is left.",
    missing: "No data about the books yet",
    why: "Revenue, costs, profit, cash flow and taxes appear here when the finance cluster keeps the books. Until then no figure of them is known, and none is shown.",
  },
  marketing: {
    title: "Marketing",
    hint: "Campaigns, what they cost, and what they bring.",
    missing: "No data about campaigns yet",
    why: "Spend, reach and return of campaigns appear here when the marketing cluster runs them. Until then none of it is known, and none is shown.",
  },
  cluster: "The cluster now",
  clusterMissing: "The catalogue of this system has no agent of this cluster.",
  agents: "Agents",
  agentsMeans: (healthy: string, failing: string, paused: string, idle: string) =>
    `${healthy} healthy · ${failing} failing · ${paused} paused · ${idle} without a run`,
  tasks: "Tasks done today",
  tasksMeans: (ready: string, held: string, failed: string) =>
    `${ready} wait · ${held} held · ${failed} given up`,
  waiting: "Waiting for people",
  autonomy: "Decided without a person, today",
  autonomyNone: "Nothing came to an end today.",
  success: "Carried out, of what was tried today",
  successNone: "Nothing was tried today.",
  actions: "Actions of this kind",
  actionsNone: "None of the latest actions is of this kind",
  actionsNoneHint: (kinds: string) => `These would be here: ${kinds}.`,
  approvals: "Waiting for people",
  approvalsNone: "Nothing of this kind waits for a person.",
  budgets: "Budgets",
  budgetsNone: "Policy sets no budget here, and nothing was spent.",
  stopped: (scope: string, who: string) => `Stopped (${scope}) by ${who}`,
};
export type BusinessWords = typeof business;
