import { useMemo, useRef } from "react";

/** A function that stays the same and does what the last one does. */
export function useLatest<Args extends unknown[]>(does: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(does);
  latest.current = does;
  return useMemo(
    () =>
      (...args: Args) =>
        latest.current(...args),
    [],
  );
}
