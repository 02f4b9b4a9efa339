import { useSyncExternalStore } from "react";
import { useLanguage } from "~/i18n";

let now = Date.now();
const listeners = new Set<() => void>();
let beat: ReturnType<typeof setInterval> | undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  beat ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(beat);
    beat = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** The present moment, once a second, from one clock for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}

/** A moment: how long ago or until then, with date and time as its title. */
export function When({ at }: { at: string }) {
  const { relative, moment } = useLanguage();
  return (
    <time dateTime={at} title={moment(at)}>
      {relative(at, useNow())}
    </time>
  );
}

/** A moment, as date and time. */
export function Moment({ at }: { at: string }) {
  const { moment } = useLanguage();
  return <time dateTime={at}>{moment(at)}</time>;
}
