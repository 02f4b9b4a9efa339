import type { Card, Group } from "./entry";

/** A request for tests. */
export function card(id: string, more: Partial<Card> = {}): Card {
  const at = "2026-11-20T10:00:00Z";
  const agent = { id: "fulfillment", name: "fulfillment", cluster: "finance" };
  const shown = {
    id,
    status: "PENDING",
    agent,
    actionType: "expense.pay",
    willHappen: `Pay ${id}`,
    target: `bill:${id}`,
  };
  const asked = {
    priority: "MEDIUM",
    deadline: at,
    roles: ["finance"],
    quorum: 1,
    agreed: 0,
    digest: id,
  } as const;
  const rest = { createdAt: at, updatedAt: at, reasons: [], tier: "HIGH", agentSays: { title: "" } };
  return { ...shown, ...asked, ...rest, roles: [...asked.roles], ...more };
}

/** A group of these requests, for tests. */
export function group(ids: readonly string[], more: Partial<Group> = {}): Group {
  const { agent, actionType, deadline } = card("any");
  const members = ids.map((id) => ({
    id,
    digest: id,
    willHappen: `Pay ${id}`,
    amount: { amount: "10.50", currency: "EUR" },
  }));
  return {
    agent,
    actionType,
    deadline,
    members,
    count: ids.length,
    cut: false,
    reasons: ["over 100"],
    sums: [],
    ...more,
  };
}
