import { subjectOf, untilOf } from "./claims";

/** What the session keeps between loads of the page: until the tab is closed. */
const KEY = "royal.token";
/** How long before its end a session says so. */
const SOON_MS = 10 * 60_000;
/** How often it is looked at. A machine that slept is behind: it is looked at when the page is seen again too. */
const LOOK_MS = 5_000;

/** `in`; `soon` while it ends in minutes; `ended` while its time is over or the API refuses it; `out`. */
export type Phase = "out" | "in" | "soon" | "ended";

type Listener = () => void;
const listeners = new Set<Listener>();
let refused: string | undefined;
let beat: ReturnType<typeof setInterval> | undefined;

/** The bearer token, if somebody is signed in. It stays after its end, so that the page stays as it is. */
export function token(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** The account of whoever is signed in. */
export function account(): string | undefined {
  return subjectOf(token());
}

/** When the session ends, in milliseconds since 1970. */
export function until(): number | undefined {
  return untilOf(token());
}

/** Signs in with a token, or out. */
export function setToken(value: string | undefined): void {
  if (value === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, value);
  tell();
}

/** Calls `listener` when somebody signs in or out. */
export function onToken(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The API does not take this token any more. */
export function refuse(bearer: string | undefined): void {
  if (bearer === undefined || bearer !== token() || refused === bearer) return;
  refused = bearer;
  tell();
}

/** How far the session is. */
export function phase(now = Date.now()): Phase {
  const bearer = token();
  if (bearer === undefined) return "out";
  const left = (until() ?? Number.POSITIVE_INFINITY) - now;
  if (refused === bearer || left <= 0) return "ended";
  return left <= SOON_MS ? "soon" : "in";
}

/** Calls `listener` when the phase may be another one. */
export function onPhase(listener: Listener): () => void {
  const stop = onToken(listener);
  beat ??= setInterval(tell, LOOK_MS);
  document.addEventListener("visibilitychange", listener);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", listener);
    if (listeners.size > 0) return;
    clearInterval(beat);
    beat = undefined;
  };
}

function tell(): void {
  for (const listener of listeners) listener();
}
