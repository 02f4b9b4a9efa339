import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Grid, type ListProps, type Moved, useTall } from "./grid";
import type { Line } from "./lines";
import style from "./list.module.css";

/** Lines before the end at which the next page is fetched. */
const AHEAD = 150;

/** The rows that are in sight, out of as many as there are. */
export default function List(props: ListProps) {
  const { lines, more, active, moved, sight, readMore } = props;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const tall = useTall(scroller);
  const at = lines.findIndex(({ key }) => key === active);
  const rangeExtractor = useCallback((range: Range) => withActive(defaultRangeExtractor(range), at), [at]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller,
    estimateSize: () => tall,
    overscan: 10,
    rangeExtractor,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every row has the new height
  useLayoutEffect(() => virtual.measure(), [tall]);
  useAnchor(scroller, lines, active, tall);
  useIntoSight(scroller, at, moved, tall);
  const shown = virtual.getVirtualItems().map(({ index }) => index);
  const last = shown.at(-1) ?? 0;
  useEffect(() => {
    if (more && last > lines.length - AHEAD) readMore();
    sight.current = { active, ids: new Set(shown.map((index) => lines[index]?.key ?? "")) };
  });
  return (
    <div ref={setScroller} className={style.scroller} data-stale={props.stale || undefined}>
      <Grid {...props} shown={shown} tall={tall} />
    </div>
  );
}

/** The row that has the focus stays in the document wherever somebody scrolls to. */
function withActive(range: number[], at: number): number[] {
  if (at < 0 || range.includes(at)) return range;
  return [...range, at].sort((a, b) => a - b);
}

/** When lines come or go above it, what somebody looks at stays where it is. */
function useAnchor(
  element: HTMLElement | null,
  lines: readonly Line[],
  active: string | undefined,
  tall: number,
): void {
  const before = useRef(lines);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = lines;
    if (!element || old === lines || old.length === 0 || continues(old, lines)) return;
    const first = Math.floor(element.scrollTop / tall);
    const sighted = old.slice(first, first + Math.ceil(element.clientHeight / tall));
    const held = sighted.find(({ key }) => key === active);
    const places = new Map(lines.map(({ key }, index) => [key, index]));
    const kept = held && places.has(held.key) ? held : sighted.find(({ key }) => places.has(key));
    if (!kept || (first === 0 && !held)) return;
    const by = (places.get(kept.key) ?? 0) - old.indexOf(kept);
    if (by !== 0) element.scrollTop += by * tall;
  }, [lines, active, tall, element]);
}

/** Whether the one list is the other one with more at its end, as after another page. */
function continues(old: readonly Line[], lines: readonly Line[]): boolean {
  const middle = old.length >> 1;
  const places = [0, middle, old.length - 1];
  return lines.length >= old.length && places.every((at) => old[at]?.key === lines[at]?.key);
}

function useIntoSight(element: HTMLElement | null, at: number, { tick }: Moved, tall: number): void {
  const place = useRef({ at, tall });
  place.current = { at, tall };
  useLayoutEffect(() => {
    const { at, tall } = place.current;
    if (!element || at < 0 || tick === 0) return;
    const [top, bottom] = [at * tall, (at + 1) * tall];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }, [tick, element]);
}
