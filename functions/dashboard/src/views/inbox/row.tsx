import { type MouseEvent, memo, useLayoutEffect, useRef } from "react";
import type { Me } from "~/session/me";
import { CELL, EntryCells, GroupCells } from "./cells";
import type { Line } from "./lines";
import style from "./row.module.css";
import type { Mark } from "./since";
import { useWords } from "./words";

/** What a row can be asked to do. Kept stable, so that rows stay as they are while others change. */
export interface RowActs {
  /** Goes to the line; `open` shows all of it. */
  go: (line: Line, open: boolean) => void;
  select: (line: Line) => void;
}

interface RowProps {
  line: Line;
  index: number;
  top: number;
  active: boolean;
  /** Whether Tab comes to it: one row of the grid. */
  tab: boolean;
  /** Above 0 and another one than before: the keyboard went to it, so it takes the focus. */
  focus: number;
  open: boolean;
  selected: "all" | "some" | "none";
  mark: Mark | undefined;
  /** Its tier when this session first saw it, where it is another one now. */
  before: string | undefined;
  me: Me | undefined;
  acts: RowActs;
}

/** One line of the list, drawn again only when it is another one. */
export const Row = memo(function Row({
  line,
  index,
  top,
  active,
  tab,
  focus,
  open,
  selected,
  acts,
  ...rest
}: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (focus > 0) row.current?.focus({ preventScroll: true });
  }, [focus]);
  const group = "group" in line;
  const click = (event: MouseEvent) => {
    if (!(event.target as Element).closest("label")) acts.go(line, true);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys of all of its rows
    // biome-ignore lint/a11y/useSemanticElements: a table's rows can't be placed one by one
    <div
      ref={row}
      role="row"
      tabIndex={tab ? 0 : -1}
      aria-rowindex={index + 1}
      aria-level={!group && line.inGroup ? 2 : 1}
      aria-expanded={group ? line.open : undefined}
      aria-selected={selected === "all"}
      data-key={line.key}
      data-active={active || undefined}
      data-open={open || undefined}
      data-marked={rest.mark ? "" : undefined}
      className={`${style.row} ${!group && line.inGroup ? style.inGroup : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={click}
      onFocus={() => acts.go(line, false)}
    >
      <Box line={line} selected={selected} acts={acts} />
      {group ? <GroupCells line={line} /> : <EntryCells entry={line.entry} {...rest} />}
    </div>
  );
});

function Box({ line, selected, acts }: Pick<RowProps, "line" | "selected" | "acts">) {
  const t = useWords();
  const what = "group" in line ? t.group(line.members.length) : line.entry.willHappen.slice(0, 80);
  return (
    <div {...CELL} className={style.box}>
      <label>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={t.selectThis(what)}
          checked={selected === "all"}
          ref={(box) => {
            if (box) box.indeterminate = selected === "some";
          }}
          onChange={() => acts.select(line)}
        />
      </label>
    </div>
  );
}
