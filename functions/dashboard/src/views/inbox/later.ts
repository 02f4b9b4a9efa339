import { lazy, startTransition, useEffect, useState } from "react";

/**
 * What is not a row is fetched after the rows: first what stands around them, then, in idle time, what somebody may
 * ask for, so that it is there at once and also without a connection.
 */
const load = {
  list: () => import("./list"),
  bar: () => import("./bar"),
  pane: () => import("./pane"),
  bulk: () => import("./bulk"),
  sheet: () => import("~/ui/keys/sheet"),
  live: () => import("./live"),
  undo: () => import("./undo-bar"),
  filters: () => import("./filters"),
  key: () => import("~/ui/keys"),
  card: () => import("~/views/card"),
};

export const List = lazy(load.list);
export const Bar = lazy(() => load.bar().then((m) => ({ default: m.Bar })));
export const Pane = lazy(() => load.pane().then((m) => ({ default: m.Pane })));
export const Bulk = lazy(load.bulk);
export const Sheet = lazy(load.sheet);
export const Happenings = lazy(load.live);
export const Filters = lazy(load.filters);
export const Key = lazy(() => load.key().then((m) => ({ default: m.Key })));
export const Card = lazy(() => load.card().then((m) => ({ default: m.Card })));

/** How long after the first rows the rest is fetched. */
const LATER_MS = 1_500;

/**
 * Whether the rows have been drawn once. They stay until what takes their place is there; then what somebody may ask for is fetched as well.
 */
export function useDrawn(rows: boolean): boolean {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    if (!rows) return;
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(true)));
    const fetch = () =>
      void Promise.allSettled([load.card(), load.bulk(), load.sheet(), load.undo(), load.filters()]);
    const timer = setTimeout(fetch, LATER_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [rows]);
  return drawn;
}
