/**
 * The keys of the page: every view says which it has, and one listener finds whose turn it is. What the help sheet
 * shows is this registry, so that it can't say anything else than what happens.
 */

/** Where a key counts. Of two that want the same key the later one gets it; in a dialog only `dialog` counts. */
export const SCOPES = ["page", "list", "card", "selection", "dialog"] as const;
export type Scope = (typeof SCOPES)[number];

/** Something that a key does. A button does it too: nothing is reached by a key alone. */
export interface Command {
  /** Its name, one of its own in its scope. */
  readonly id: string;
  /** `KeyboardEvent.key`s that mean it, the one to show first. */
  readonly keys: readonly string[];
  /** What it does, in the reader's language. */
  readonly label: string;
  /** Whether it can be done now; it is shown in the sheet all the same. */
  readonly when?: boolean;
  /** Whether holding the key does it again and again. Never for what decides something. */
  readonly repeats?: boolean;
  readonly run: () => void;
}

interface Entry {
  readonly scope: Scope;
  readonly commands: readonly Command[];
}

const KEY = "royal.keys";
const entries = new Map<symbol, Entry>();
const listeners = new Set<() => void>();
let all: readonly (Command & { scope: Scope })[] = [];

/** Says which commands there are, under a token; the same token replaces them. */
export function put(token: symbol, entry: Entry): void {
  entries.set(token, entry);
  changed();
  if (entries.size === 1) window.addEventListener("keydown", onKey);
}

/** Takes them back. */
export function drop(token: symbol): void {
  entries.delete(token);
  changed();
  if (entries.size === 0) window.removeEventListener("keydown", onKey);
}

function changed(): void {
  all = [...entries.values()].flatMap(({ scope, commands }) => commands.map((one) => ({ ...one, scope })));
  for (const listener of listeners) listener();
}

/** All commands that are there now. */
export function commands(): readonly (Command & { scope: Scope })[] {
  return all;
}

/** Calls `listener` when commands come or go, or keys are switched on or off. */
export function onCommands(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether single keys do something. */
export function keysOn(): boolean {
  return localStorage.getItem(KEY) !== "off";
}

/** Switches single keys on or off, for good. */
export function setKeys(on: boolean): void {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, "off");
  changed();
}

/** The command that a key means, if any. */
export function find(event: KeyboardEvent): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target && isField(target)) return;
  const inDialog = target?.closest("dialog, [role=dialog], [role=alertdialog]") != null;
  const may = all.filter(
    ({ keys, when, repeats, scope }) =>
      keys.includes(event.key) &&
      when !== false &&
      (!event.repeat || repeats === true) &&
      (!inDialog || scope === "dialog"),
  );
  return may.sort((a, b) => SCOPES.indexOf(b.scope) - SCOPES.indexOf(a.scope))[0];
}

/** Where letters are text, or mean something already. */
function isField(target: Element): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return target.closest("textarea, select, [contenteditable=true], [role=textbox], [role=listbox]") !== null;
}

function onKey(event: KeyboardEvent): void {
  if (!keysOn()) return;
  const command = find(event);
  if (!command) return;
  event.preventDefault();
  command.run();
}
