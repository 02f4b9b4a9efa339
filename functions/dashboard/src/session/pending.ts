/** A sign-in that is under way: what was asked, and where to go on afterwards. It never leaves the tab. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Path in the page. */
  readonly back: string;
}

const KEY = "royal.sign-in";

/** Remembers a sign-in until it is over. */
export function keepPending(pending: Pending): void {
  sessionStorage.setItem(KEY, JSON.stringify(pending));
}

/** Takes the sign-in that is under way, if the answer with this `state` is the answer to it. */
export function takePending(state: string | null): Pending | undefined {
  const kept = read();
  if (kept === undefined || kept.state !== state) return undefined;
  sessionStorage.removeItem(KEY);
  return kept;
}

/** Where somebody who signs in now goes on: only ever in this page. */
export function here(at: Pick<Location, "pathname" | "search" | "hash"> = location): string {
  const path = `/${at.pathname.replace(/^[/\\]+/, "")}${at.search}${at.hash}`;
  return path.startsWith("/signed-in") ? "/" : path;
}

function read(): Pending | undefined {
  try {
    const kept: Partial<Pending> | null = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    const { state, nonce, verifier, back } = kept ?? {};
    if (!state || !nonce || !verifier || !back) return undefined;
    return { state, nonce, verifier, back };
  } catch {
    return undefined;
  }
}
