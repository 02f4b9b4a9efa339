import { useCallback, useState } from "react";
import { account } from "~/session/token";

const KEY = "royal.card";
/** Drafts that nobody came back to in this time are forgotten. */
const KEPT_MS = 14 * 86_400_000;

interface Kept<T> {
  readonly at: number;
  readonly value: T;
}

function read<T>(key: string): T | undefined {
  try {
    const kept: Kept<T> | null = JSON.parse(localStorage.getItem(key) ?? "null");
    return kept && Date.now() - kept.at < KEPT_MS ? kept.value : undefined;
  } catch {
    return undefined;
  }
}

function write<T>(key: string, value: T | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), value } satisfies Kept<T>));
  } catch {
    // No room, or not allowed: what is written is on the page all the same.
  }
}

/**
 * What somebody is writing about a request, kept in this browser, for them, until it is sent: it survives a reload,
 * the end of a session, and a refusal.
 */
export function useDraft<T>(
  id: string,
  what: string,
  empty: T,
): [value: T, set: (value: T) => void, sent: () => void] {
  const key = `${KEY}.${account()}.${id}.${what}`;
  const [value, setValue] = useState<T>(() => read<T>(key) ?? empty);
  const set = useCallback(
    (next: T) => {
      setValue(next);
      write(key, next);
    },
    [key],
  );
  const sent = useCallback(() => write(key, undefined), [key]);
  return [value, set, sent];
}

/** Forgets what is too old. */
export function forgetOld(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${KEY}.`) && read(key) === undefined) localStorage.removeItem(key);
  }
}
