import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";

/** How long nothing may be fetched for the first view to count as there. */
const QUIET_MS = 200;

let come = false;
const listeners = new Set<() => void>();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the first view has come: what is not looked at first (menus, charts, the live line) is fetched behind it. */
export function useLater(): boolean {
  return useSyncExternalStore(listen, () => come);
}

/** Watches for the first view to come: it has a heading, and what it asked for has been answered. */
export function useFirstView(): void {
  const asking = useIsFetching() > 0;
  useEffect(() => {
    if (come || asking) return;
    const watch = setInterval(() => {
      if (document.querySelector("main :is(h1, h2)") === null) return;
      clearInterval(watch);
      come = true;
      for (const listener of listeners) listener();
    }, QUIET_MS);
    return () => clearInterval(watch);
  }, [asking]);
}
