import type { Schema } from "~/api/client";
import type { ApprovalFilter } from "~/api/queries";

export type Card = Schema<"ApprovalCard">;
export type Group = Schema<"ApprovalGroup">;
export type Detail = Schema<"ApprovalDetail">;

/** A row's request: all that the list says of it, or what its group does. */
export type Entry = Pick<Card, "id" | "digest" | "willHappen" | "actionType" | "agent" | "amount"> &
  Partial<Card>;

/** A member of a group of which the list itself has not been read that far. */
export function entryOf(member: Group["members"][number], { actionType, agent }: Group): Entry {
  return { ...member, actionType, agent };
}

/** The row of a request that was read by itself; nothing once it waits no more. */
export function cardOf(detail: Detail): Card | undefined {
  const { approval, digest, decision, agentSays, priority } = detail;
  if (detail.status !== "PENDING" || !approval || !digest) return undefined;
  const { id, status, agent, actionType, willHappen, target, tier, createdAt, updatedAt } = detail;
  const { deadline, roles, quorum, agreed } = approval;
  const shown = { id, status, agent, actionType, willHappen, target, createdAt, updatedAt };
  const asked = { priority, deadline, roles, quorum, agreed, digest };
  const reasons = decision?.reasons.map((reason) => reason.text) ?? [];
  const title = { agentSays: { title: agentSays.title } };
  return { ...shown, ...asked, ...title, reasons, tier: tier ?? null, amount: detail.amount ?? null };
}

/** Whether a request that was read by itself belongs into the list that is shown. */
export function belongs(card: Card, mine: boolean, filter: ApprovalFilter): boolean {
  const { agent, amount, deadline } = card;
  const about = amount ? Number(amount.amount) : undefined;
  const least = filter.amountMin === undefined || (about !== undefined && about >= Number(filter.amountMin));
  const most = filter.amountMax === undefined || (about !== undefined && about <= Number(filter.amountMax));
  return (
    least &&
    most &&
    (filter.cluster === undefined || agent.cluster === filter.cluster) &&
    (filter.agent === undefined ||
      agent.name.split("/")[0] === filter.agent ||
      agent.name === filter.agent) &&
    (filter.type === undefined || card.actionType === filter.type) &&
    (filter.tier === undefined || card.tier === filter.tier) &&
    (filter.role === undefined || card.roles.includes(filter.role)) &&
    (filter.mine !== true || mine) &&
    (filter.deadlineBefore === undefined || Date.parse(deadline) < Date.parse(filter.deadlineBefore)) &&
    (filter.q === undefined || mentions(card, filter.q))
  );
}

function mentions({ willHappen, target, agent, agentSays, id }: Card, q: string): boolean {
  const wanted = q.toLowerCase();
  return [willHappen, target, agent.name, agentSays.title, id].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}
