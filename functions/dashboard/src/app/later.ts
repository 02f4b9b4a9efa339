import { useSyncExternalStore } from "react";

/** After the first view is asked for: what is not looked at first comes behind it. */
const AFTER_MS = 800;

let come = false;
const listeners = new Set<() => void>();
setTimeout(() => {
  come = true;
  for (const listener of listeners) listener();
}, AFTER_MS);

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether what comes behind the first view may be fetched now. */
export function useLater(): boolean {
  return useSyncExternalStore(listen, () => come);
}
