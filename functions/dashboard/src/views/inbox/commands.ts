import { useCommands } from "~/ui/keys";
import type { InboxActs } from "./acts";
import type { Cursor } from "./cursor";
import { useMore } from "./more";
import type { Selection } from "./selection";

/** The keys of the inbox: each does what a button does. */
export function useInboxCommands(cursor: Cursor, selection: Selection, acts: InboxActs): void {
  const t = useMore();
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
