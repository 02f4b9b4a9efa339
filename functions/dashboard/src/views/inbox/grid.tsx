import { type CSSProperties, type KeyboardEvent, type RefObject, useLayoutEffect, useState } from "react";
import { useMe } from "~/session/me";
import type { Sight } from "./happenings";
import type { Line } from "./lines";
import style from "./list.module.css";
import { Row, type RowActs } from "./row";
import type { Mark } from "./since";
import { useWords } from "./words";

/** Height of a row by how wide the list is, in pixels; the same widths as in the styles of a row. */
const TALL = [
  [704, 60],
  [448, 84],
  [0, 106],
] as const;
/** Rows that fill any window. */
const FIRST = 30;

/** A move of the keyboard: to which line, the how-manieth it was. */
export interface Moved {
  readonly key: string;
  readonly tick: number;
}

export interface ListProps {
  lines: readonly Line[];
  more: boolean;
  stale: boolean;
  active: string | undefined;
  /** Where the keyboard went last: that row comes into sight and takes the focus. */
  moved: Moved;
  openId: string | undefined;
  isSelected: (line: Line) => "all" | "some" | "none";
  marks: ReadonlyMap<string, Mark>;
  tiers: ReadonlyMap<string, string>;
  acts: RowActs;
  sight: RefObject<Sight>;
  readMore: () => void;
  onKey: (event: KeyboardEvent) => void;
}

interface GridProps extends ListProps {
  /** The lines that are drawn. */
  shown: readonly number[];
  tall: number;
}

/** The rows at their places. */
export function Grid({ shown, tall, ...of }: GridProps) {
  const t = useWords();
  const me = useMe();
  const { lines, active, moved } = of;
  const isThere = active !== undefined && shown.some((index) => lines[index]?.key === active);
  return (
    <div
      role="treegrid"
      aria-label={t.list}
      aria-rowcount={of.more ? -1 : lines.length}
      aria-multiselectable="true"
      className={style.grid}
      style={{ height: lines.length * tall, "--row": `${tall}px` } as CSSProperties}
      onKeyDown={of.onKey}
    >
      {shown.map((index) => {
        const line = lines[index];
        if (!line) return null;
        return (
          <Row
            key={line.key}
            line={line}
            index={index}
            top={index * tall}
            active={line.key === active}
            tab={line.key === active || (!isThere && index === shown[0])}
            focus={line.key === moved.key ? moved.tick : 0}
            open={line.key === of.openId}
            selected={of.isSelected(line)}
            mark={of.marks.get(line.key)}
            before={before(line, of.tiers)}
            me={me}
            acts={of.acts}
          />
        );
      })}
    </div>
  );
}

function before(line: Line, tiers: ReadonlyMap<string, string>): string | undefined {
  if ("group" in line || !line.entry.tier) return undefined;
  const first = tiers.get(line.entry.id);
  return first === line.entry.tier ? undefined : first;
}

/** The first rows, for the moment until what draws any number of them is there. */
export function FirstRows(props: ListProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const tall = useTall(scroller);
  const shown = props.lines.slice(0, FIRST).map((_, index) => index);
  return (
    <div ref={setScroller} className={style.scroller}>
      <Grid {...props} shown={shown} tall={tall} />
    </div>
  );
}

/** How tall a row is, by how wide the list is. */
export function useTall(scroller: HTMLElement | null): number {
  const [tall, setTall] = useState<number>(TALL[0][1]);
  useLayoutEffect(() => {
    if (!scroller) return;
    const fit = () => setTall(TALL.find(([width]) => scroller.clientWidth >= width)?.[1] ?? TALL[0][1]);
    const watch = new ResizeObserver(fit);
    fit();
    watch.observe(scroller);
    return () => watch.disconnect();
  }, [scroller]);
  return tall;
}
