import { useMemo, useState } from "react";
import type { Entry } from "./entry";
import type { Line } from "./lines";
import type { SinceRead } from "./since";

/** What is selected: requests as they were when they were selected, by id. */
export interface Selection {
  readonly chosen: ReadonlyMap<string, Entry>;
  of: (line: Line) => "all" | "some" | "none";
  toggle: (line: Line) => void;
  clear: () => void;
}

/** Requests that are selected; those that were decided in the meantime fall out. */
export function useSelection({ gone, marks }: SinceRead): Selection {
  const [picked, setPicked] = useState<ReadonlyMap<string, Entry>>(new Map());
  const chosen = useMemo(
    () => new Map([...picked].filter(([id]) => !gone.has(id) && !marks.has(id))),
    [picked, gone, marks],
  );
  return {
    chosen,
    of: (line) => {
      const count = entries(line).filter(({ id }) => chosen.has(id)).length;
      return count === 0 ? "none" : count === entries(line).length ? "all" : "some";
    },
    toggle: (line) => setPicked(toggled(chosen, entries(line))),
    clear: () => setPicked(new Map()),
  };
}

/** The requests of a line. */
export function entries(line: Line): readonly Entry[] {
  return "group" in line ? line.members : [line.entry];
}

function toggled(chosen: ReadonlyMap<string, Entry>, of: readonly Entry[]): ReadonlyMap<string, Entry> {
  const next = new Map(chosen);
  const all = of.every(({ id }) => chosen.has(id));
  for (const entry of of) {
    if (all) next.delete(entry.id);
    else next.set(entry.id, entry);
  }
  return next;
}
