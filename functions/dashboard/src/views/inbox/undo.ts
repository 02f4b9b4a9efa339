import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { action } from "~/api/queries";
import { type LiveEvent, useLiveEvent } from "~/live";
import { useMay } from "~/session/me";

/** Something that was executed and can still be taken back by one call. */
export interface Offer {
  readonly id: string;
  readonly willHappen: string;
  /** Until when, ISO 8601. */
  readonly until: string;
}

/** Offers that are kept; the oldest fall out. */
const MOST = 20;
/** Executions that are looked at within `WINDOW_MS`: when many things happen, only what was decided here. */
const BUSY = 5;
const WINDOW_MS = 10_000;

const here = new Set<string>();
const NONE: readonly Offer[] = [];
let offers = NONE;
let looked: number[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Offer[]): void {
  offers = next;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Somebody decided this on this page: when it is executed, its undoing is offered. */
export function decidedHere(id: string): void {
  here.add(id);
}

/** Takes an offer away. */
export function dismiss(id: string): void {
  set(offers.filter((offer) => offer.id !== id));
}

/** What can be undone, the latest first: what was decided here, and what policy let through with an undo window. */
export function useUndo(): readonly Offer[] {
  const client = useQueryClient();
  const may = useMay("actions.undo");
  const onEvent = useCallback(
    async ({ topic, data }: LiveEvent) => {
      if (!may || topic !== "action:executed" || typeof data.action !== "string" || !wanted(data)) return;
      const read = await client.fetchQuery({ ...action(data.action), staleTime: 0 }).catch(() => undefined);
      const { id, willHappen, undoUntil } = read?.value ?? {};
      if (!id || !willHappen || !undoUntil || Date.parse(undoUntil) <= Date.now()) return;
      const others = offers.filter((offer) => offer.id !== id);
      set([{ id, willHappen, until: undoUntil }, ...others].slice(0, MOST));
    },
    [client, may],
  );
  useLiveEvent(onEvent);
  return useSyncExternalStore(listen, () => offers);
}

function wanted({ action: id, tier }: Record<string, unknown>): boolean {
  if (here.has(String(id))) return true;
  if (tier !== "MEDIUM") return false;
  const now = Date.now();
  looked = [...looked.filter((at) => now - at < WINDOW_MS), now];
  return looked.length <= BUSY;
}
