import type { ApprovalFilter } from "~/api/queries";
import type { Amount } from "~/i18n/formats";
import { type Card, type Entry, entryOf, type Group } from "./entry";
import { sums } from "./sum";

/** A line of the list: a request, or similar ones as one. */
export type Line = OneLine | GroupLine;

/** A request, alone or as a member of the unfolded group above it. */
export interface OneLine {
  readonly key: string;
  readonly entry: Entry;
  readonly inGroup: boolean;
}

/** Similar requests: those of them that are shown, and what they are about together. */
export interface GroupLine {
  readonly key: string;
  readonly group: Group;
  readonly members: readonly Entry[];
  readonly sums: readonly Amount[];
  readonly open: boolean;
}

/** Ids of requests. */
export interface Known {
  has(id: string): boolean;
}

/** What is known beside the pages: what has gone since they were read, and what came or changed. */
export interface Since {
  readonly gone: Known;
  readonly came: ReadonlyMap<string, Card>;
}

/** The requests of all pages, each once, with what happened since. `whole`: no page is left to be read. */
export function assembled(
  pages: readonly { readonly items: readonly Card[] }[],
  { gone, came }: Since,
  sort: ApprovalFilter["sort"],
  whole: boolean,
): Card[] {
  const seen = new Set<string>();
  const cards: Card[] = [];
  for (const page of pages) {
    for (const card of page.items) {
      if (gone.has(card.id) || seen.has(card.id)) continue;
      seen.add(card.id);
      cards.push(came.get(card.id) ?? card);
    }
  }
  for (const card of came.values()) {
    if (seen.has(card.id) || gone.has(card.id)) continue;
    const at = place(cards, card, sort);
    // What belongs behind the last page that was read comes with its own page.
    if (whole || at < cards.length) cards.splice(at, 0, card);
  }
  return cards;
}

/** Where a request belongs, in an order that the list is in already. */
function place(cards: readonly Card[], card: Card, sort: ApprovalFilter["sort"]): number {
  const falls = sort?.startsWith("-") === true;
  const by = key(sort);
  const mine = by(card);
  let [from, to] = [0, cards.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = cards[middle];
    const before = other !== undefined && (falls ? by(other) >= mine : by(other) <= mine);
    if (before) from = middle + 1;
    else to = middle;
  }
  return from;
}

function key(sort: ApprovalFilter["sort"]): (card: Card) => number {
  switch (sort?.replace("-", "")) {
    case "amount":
      return (card) => (card.amount ? Number(card.amount.amount) : 0);
    case "created":
      return (card) => Date.parse(card.createdAt);
    default:
      return (card) => Date.parse(card.deadline);
  }
}

/** The lines of the list: a group stands where the first of its members would. */
export function lines(
  cards: readonly Card[],
  groups: readonly Group[],
  gone: Known,
  open: ReadonlySet<string>,
): Line[] {
  const groupOf = new Map<string, { key: string; group: Group; ids: string[] }>();
  for (const group of groups) {
    const ids = group.members.map((member) => member.id).filter((id) => !gone.has(id));
    if (ids.length < 2) continue;
    const one = { key: groupKey(group), group, ids };
    for (const id of ids) groupOf.set(id, one);
  }
  if (groupOf.size === 0) return cards.map(alone);
  const byId = new Map(cards.map((card) => [card.id, card]));
  const done = new Set<string>();
  const found: Line[] = [];
  for (const card of cards) {
    const one = groupOf.get(card.id);
    if (!one) found.push(alone(card));
    if (!one || done.has(one.key)) continue;
    done.add(one.key);
    const { group } = one;
    const members = group.members
      .filter(({ id }) => !gone.has(id))
      .map((m) => byId.get(m.id) ?? entryOf(m, group));
    const isOpen = open.has(one.key);
    found.push({
      key: one.key,
      group,
      members,
      sums: sums(members.map(({ amount }) => amount)),
      open: isOpen,
    });
    if (isOpen) for (const entry of members) found.push({ key: entry.id, entry, inGroup: true });
  }
  return found;
}

const kept = new WeakMap<Card, OneLine>();

/** The line of a request that stands alone: the same one for the same request, so that its row is not drawn again. */
function alone(card: Card): OneLine {
  const known = kept.get(card) ?? { key: card.id, entry: card, inGroup: false };
  kept.set(card, known);
  return known;
}

/** What stays of a group when its members change: what it is about, by whom, and why, without the figures. */
function groupKey({ actionType, agent, reasons }: Group): string {
  return `group:${actionType}:${agent.name}:${reasons.join(" ").replace(/\d+/g, "#")}`;
}
