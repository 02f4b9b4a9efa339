import { type KeyboardEvent, useMemo } from "react";
import { useMay } from "~/session/me";
import { useCommands } from "~/ui/keys";
import type { Verb } from "./bulk";
import type { Cursor } from "./cursor";
import type { Entry } from "./entry";
import type { Line } from "./lines";
import type { RowActs } from "./row";
import type { Selection } from "./selection";
import { useLatest } from "./use-latest";
import { useWords } from "./words";

/** What the keys and the buttons do. */
export interface InboxActs {
  readonly rows: RowActs;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly open: () => void;
  readonly select: () => void;
  /** The requests that a decision about several would be about: the selection, else the group somebody is at. */
  readonly targets: readonly Entry[];
  readonly mayDecide: boolean;
  readonly decide: (verb: Verb) => void;
  readonly help: () => void;
}

interface Parts {
  cursor: Cursor;
  selection: Selection;
  fold: (line: Line, open: boolean) => void;
  setAsked: (asked: { verb: Verb; of: readonly Entry[] }) => void;
  setHelp: (open: boolean) => void;
}

/** What can be done in the inbox now, by key and by button. */
export function useInboxActs({ cursor, selection, fold, setAsked, setHelp }: Parts): InboxActs {
  const mayDecide = useMay("approvals.decide");
  const { line } = cursor;
  const group = line && "group" in line ? line : undefined;
  const targets = selection.chosen.size > 0 ? [...selection.chosen.values()] : (group?.members ?? []);
  const open = () => {
    if (group) fold(group, !group.open);
    else if (line) cursor.go(line, true);
  };
  const select = () => line && selection.toggle(line);
  const go = useLatest((to: Line, opened: boolean) => {
    cursor.go(to, opened);
    if (opened) fold(to, "group" in to && !to.open);
  });
  const toggle = useLatest(selection.toggle);
  const rows = useMemo(() => ({ go, select: toggle }), [go, toggle]);
  const acts: InboxActs = {
    rows,
    onKey: (event) => onGridKey(event, { cursor, fold, open, select }),
    open,
    select,
    targets,
    mayDecide,
    decide: (verb) => setAsked({ verb, of: targets }),
    help: () => setHelp(true),
  };
  useInboxCommands(cursor, selection, acts);
  return acts;
}

function useInboxCommands(cursor: Cursor, selection: Selection, acts: InboxActs): void {
  const t = useWords();
  const { line, step } = cursor;
  const many = acts.mayDecide && acts.targets.length > 0;
  useCommands("page", [
    {
      id: "search",
      keys: ["/"],
      label: t.command.search,
      run: () => document.getElementById("inbox-q")?.focus(),
    },
    { id: "help", keys: ["?"], label: t.command.help, run: acts.help },
    {
      id: "close",
      keys: ["Escape"],
      label: t.command.close,
      when: cursor.id !== undefined,
      run: cursor.close,
    },
  ]);
  useCommands("list", [
    { id: "next", keys: ["j"], label: t.command.next, repeats: true, run: () => step(1) },
    { id: "previous", keys: ["k"], label: t.command.previous, repeats: true, run: () => step(-1) },
    { id: "open", keys: ["o"], label: t.command.open, when: line !== undefined, run: acts.open },
    { id: "select", keys: ["s"], label: t.command.select, when: line !== undefined, run: acts.select },
    { id: "look", keys: ["a", "x", "e"], label: t.command.look, when: line !== undefined, run: acts.open },
  ]);
  useCommands("selection", [
    { id: "approve", keys: ["a"], label: t.command.approve, when: many, run: () => acts.decide("approve") },
    { id: "reject", keys: ["x"], label: t.command.reject, when: many, run: () => acts.decide("reject") },
    {
      id: "unselect",
      keys: ["u"],
      label: t.command.unselect,
      when: selection.chosen.size > 0,
      run: selection.clear,
    },
  ]);
}

interface GridActs {
  cursor: Cursor;
  fold: (line: Line, open: boolean) => void;
  open: () => void;
  select: () => void;
}

/** The keys that every grid has; they count in the grid only, and whether single keys are on or not. */
function onGridKey(event: KeyboardEvent, { cursor, fold, open, select }: GridActs): void {
  const { line, step } = cursor;
  const acts: Record<string, (() => void) | undefined> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    PageDown: () => step(10),
    PageUp: () => step(-10),
    Home: () => step(Number.NEGATIVE_INFINITY),
    End: () => step(Number.POSITIVE_INFINITY),
    ArrowRight: line && (() => fold(line, true)),
    ArrowLeft: line && (() => fold(line, false)),
    Enter: open,
    " ": select,
  };
  const act = acts[event.key];
  if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
}
