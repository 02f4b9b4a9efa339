import { type KeyboardEvent, useMemo } from "react";
import { useMay } from "~/session/me";
import type { Verb } from "./bulk";
import type { Cursor } from "./cursor";
import type { Entry } from "./entry";
import type { Line } from "./lines";
import type { RowActs } from "./row";
import type { Selection } from "./selection";
import { useLatest } from "./use-latest";

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
  return {
    rows,
    onKey: (event) => onGridKey(event, { cursor, fold, open, select }),
    open,
    select,
    targets,
    mayDecide,
    decide: (verb) => setAsked({ verb, of: targets }),
    help: () => setHelp(true),
  };
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
