import { type InboxSearch, inboxSearch } from "./search";

/** A list that somebody comes back to. */
export interface SavedView {
  readonly name: string;
  readonly search: InboxSearch;
}

const KEY = "royal.inbox.views";
const MOST = 30;
const listeners = new Set<() => void>();
let read: { from: string | null; views: readonly SavedView[] } | undefined;

/** The views that were saved in this browser. */
export function savedViews(): readonly SavedView[] {
  const from = localStorage.getItem(KEY);
  if (read?.from !== from) read = { from, views: parsed(from) };
  return read.views;
}

/** Saves a view; one of the same name is replaced. */
export function saveView(view: SavedView): void {
  write([...savedViews().filter(({ name }) => name !== view.name), view].slice(-MOST));
}

/** Forgets a view. */
export function removeView(name: string): void {
  write(savedViews().filter((view) => view.name !== name));
}

/** Calls `listener` when views are saved or forgotten, in another tab too. */
export function onViews(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function write(views: readonly SavedView[]): void {
  localStorage.setItem(KEY, JSON.stringify(views));
  for (const listener of listeners) listener();
}

/** What was kept may be older than this page, or somebody else's hand. */
function parsed(from: string | null): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(from ?? "[]");
    return Array.isArray(kept) ? kept.flatMap(view).slice(-MOST) : [];
  } catch {
    return [];
  }
}

function view(kept: unknown): SavedView[] {
  const { name, search } = Object(kept) as { name?: unknown; search?: unknown };
  if (typeof name !== "string" || name === "" || typeof search !== "object" || search === null) return [];
  return [{ name, search: inboxSearch({ ...search }) }];
}
