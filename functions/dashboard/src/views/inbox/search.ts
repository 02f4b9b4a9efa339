import type { ApprovalFilter } from "~/api/queries";

/** In which order requests can come; without one, what is due first. */
export const SORTS = ["deadline", "-deadline", "amount", "-amount", "created", "-created"] as const;
export const TIERS = ["MEDIUM", "CEO", "HIGH"] as const;
export const CLUSTERS = ["ceo", "product", "marketing", "customer", "finance", "insight"] as const;
export const ROLES = ["owner", "finance", "operations", "marketing", "support"] as const;
/** Hours until the deadline that can be asked for. */
export const DUE = [1, 4, 12, 24] as const;

/** What the list is narrowed by and how it is shown: all of it stands in the address. */
export interface InboxSearch {
  q?: string;
  cluster?: (typeof CLUSTERS)[number];
  agent?: string;
  type?: string;
  tier?: (typeof TIERS)[number];
  role?: (typeof ROLES)[number];
  mine?: true;
  /** About at least, at most this much, in units of its own currency. */
  min?: number;
  max?: number;
  /** Due within so many hours. */
  due?: number;
  sort?: (typeof SORTS)[number];
  /** Similar requests are one row, unless this is off. */
  grouped?: false;
}

/** Reads an address. What it does not know is left out, so that an old link still opens the list. */
export function inboxSearch(raw: Record<string, unknown>): InboxSearch {
  return without({
    q: text(raw.q, 100),
    cluster: oneOf(CLUSTERS, raw.cluster),
    agent: text(raw.agent, 80),
    type: text(raw.type, 40),
    tier: oneOf(TIERS, raw.tier),
    role: oneOf(ROLES, raw.role),
    mine: raw.mine === true || undefined,
    min: amount(raw.min),
    max: amount(raw.max),
    due: amount(raw.due),
    sort: oneOf(SORTS, raw.sort),
    grouped: raw.grouped === false ? false : undefined,
  }) as InboxSearch;
}

/** What the API is asked for. `now` makes hours a moment; it is rounded so that the same question stays the same. */
export function filterOf(search: InboxSearch, now: number): ApprovalFilter {
  const { min, max, due, grouped: _, ...same } = search;
  const asked = {
    ...same,
    amountMin: min?.toFixed(2),
    amountMax: max?.toFixed(2),
    deadlineBefore: due === undefined ? undefined : moment(now + due * 3_600_000),
    limit: 200,
  };
  return without(asked) as ApprovalFilter;
}

/** The parts that narrow the list: what is not the order, the search text or the way it is shown. */
export function narrowing(search: InboxSearch): (keyof InboxSearch)[] {
  const shown = ["q", "sort", "grouped"];
  return (Object.keys(search) as (keyof InboxSearch)[]).filter((name) => !shown.includes(name));
}

/** Whether two addresses ask for the same, whether similar requests are one row or not. */
export function same(a: InboxSearch, b: InboxSearch): boolean {
  const key = (of: InboxSearch) => JSON.stringify(inboxSearch({ ...of, grouped: undefined }));
  return key(a) === key(b);
}

const MINUTE = 60_000;

function moment(ms: number): string {
  return new Date(Math.ceil(ms / MINUTE) * MINUTE).toISOString();
}

function without(values: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function text(value: unknown, most: number): string | undefined {
  const read = typeof value === "number" ? String(value) : value;
  return typeof read === "string" && read.trim() !== "" ? read.slice(0, most) : undefined;
}

function oneOf<const T>(known: readonly T[], value: unknown): T | undefined {
  return known.find((one) => one === value);
}

function amount(value: unknown): number | undefined {
  const read = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof read === "number" && read >= 0 && read < 1e12 ? read : undefined;
}
