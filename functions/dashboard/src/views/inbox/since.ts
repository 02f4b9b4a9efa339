import { useSyncExternalStore } from "react";
import type { Card } from "./entry";

/**
 * What happened to requests since their page was read. Live events and decisions go here and not into the pages: a
 * page that is under way while something happens would bring the old state back.
 */
export interface SinceRead {
  /** Decided or expired, and not shown any more. */
  readonly gone: ReadonlyMap<string, number>;
  /** New, or read again. */
  readonly came: ReadonlyMap<string, Came>;
  /** Decided, and shown for a moment more. */
  readonly marks: ReadonlyMap<string, Mark>;
}

interface Came {
  readonly card: Card;
  /** Whether whoever is signed in may decide it. */
  readonly mine: boolean;
  readonly at: number;
}

/** What became of a request that is still shown. */
export interface Mark {
  readonly status: string;
  /** Accounts of the people who decided, as far as that is known. */
  readonly by: readonly string[];
  readonly at: number;
}

/** How long a row that was decided stays, marked: long enough to be read. */
export const LINGER_MS = 4_000;

const EMPTY: SinceRead = { gone: new Map(), came: new Map(), marks: new Map() };
let since = EMPTY;
const listeners = new Set<() => void>();

function set(next: Partial<SinceRead>): void {
  since = { ...since, ...next };
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What happened since. */
export function useSince(): SinceRead {
  return useSyncExternalStore(listen, () => since);
}

/** These wait: show them as they are now. */
export function came(cards: readonly { card: Card; mine: boolean }[], now: number): void {
  const next = new Map(since.came);
  const gone = new Map(since.gone);
  for (const { card, mine } of cards) {
    next.set(card.id, { card, mine, at: now });
    gone.delete(card.id);
  }
  set({ came: next, gone });
}

/** These wait no more: take them out at once. */
export function went(ids: Iterable<string>, now: number): void {
  const gone = new Map(since.gone);
  for (const id of ids) gone.set(id, now);
  set({ gone });
}

/** This was decided: show by whom, for a moment. */
export function mark(id: string, of: Mark): void {
  const before = since.marks.get(id);
  const by = of.by.length > 0 ? of.by : (before?.by ?? []);
  set({ marks: new Map(since.marks).set(id, { ...of, by, at: before?.at ?? of.at }) });
}

/** Takes out what was marked long enough ago, but never the row `kept` that somebody is at. */
export function sweep(kept: string | undefined, now: number): void {
  const old = [...since.marks]
    .filter(([id, { at }]) => id !== kept && now - at >= LINGER_MS)
    .map(([id]) => id);
  if (old.length === 0) return;
  const marks = new Map(since.marks);
  const gone = new Map(since.gone);
  for (const id of old) {
    marks.delete(id);
    gone.set(id, now);
  }
  set({ marks, gone });
}

/** Everything was read anew at `at`: what is older than that, the pages know better. */
export function readAnew(at: number): void {
  const newer = <T>(of: ReadonlyMap<string, T>, when: (value: T) => number) =>
    new Map([...of].filter(([, value]) => when(value) >= at));
  set({ gone: newer(since.gone, (when) => when), came: newer(since.came, (one) => one.at) });
}

/** Forgets everything. */
export function forget(): void {
  set(EMPTY);
}
