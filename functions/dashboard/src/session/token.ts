/** What the session keeps between loads of the page: until the tab is closed. */
const KEY = "royal.token";

type Listener = () => void;
const listeners = new Set<Listener>();

/** The bearer token, if somebody is signed in. */
export function token(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined;
}

/** Signs in with a token, or out. */
export function setToken(value: string | undefined): void {
  if (value === undefined) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, value);
  for (const listener of listeners) listener();
}

/** Calls `listener` when somebody signs in or out. */
export function onToken(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
