import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { Moved } from "./grid";
import type { Line } from "./lines";

/** Moves that come closer than this are one: only the card of the last one is fetched. */
const SETTLE_MS = 150;

/** Where somebody is in the list, and what is open beside it. */
export interface Cursor {
  readonly active: string | undefined;
  readonly line: Line | undefined;
  readonly moved: Moved;
  /** The request whose card is to be shown; nothing while somebody runs through the list. */
  readonly shown: string | undefined;
  /** Whether the card stands beside the list and goes along with it. */
  readonly beside: boolean;
  /** The request in the address. */
  readonly id: string | undefined;
  /** Goes `by` lines on, or to the first (`-Infinity`) or last (`Infinity`) one. */
  step: (by: number) => void;
  /** Goes to a line; `open`: and shows its card. */
  go: (line: Line, open: boolean) => void;
  close: () => void;
}

/** Follows the keyboard, the pointer and the address. */
export function useCursor(lines: readonly Line[], beside: boolean): Cursor {
  const { id } = useParams({ strict: false });
  const [active, setActive] = useState(id);
  const [moved, setMoved] = useState<Moved>({ key: "", tick: 0 });
  const { show, close, settling } = useAddress(id, beside);
  const at = useKept(lines, active, (key) => {
    setActive(key);
    if (document.activeElement === document.body) setMoved(({ tick }) => ({ key, tick: tick + 1 }));
  });
  useEffect(() => {
    if (id !== undefined) setActive(id);
  }, [id]);
  const follow = (line: Line) => {
    if (!beside && id === undefined) return;
    if ("group" in line) close();
    else show(line.key, false);
  };
  return {
    active,
    line: lines[at],
    moved,
    beside,
    id,
    shown: settling ? undefined : id,
    step: (by) => {
      const line = lines[Math.max(0, Math.min(lines.length - 1, at < 0 && by > 0 ? 0 : at + by))];
      if (!line) return;
      setActive(line.key);
      setMoved(({ tick }) => ({ key: line.key, tick: tick + 1 }));
      follow(line);
    },
    go: (line, open) => {
      if (line.key === active && !open) return;
      setActive(line.key);
      if (open && !("group" in line)) show(line.key, true);
      else follow(line);
    },
    close,
  };
}

/** The place of the active line; when it goes, `onLost` hears of the line that stands there now. */
function useKept(lines: readonly Line[], active: string | undefined, onLost: (key: string) => void): number {
  const at = lines.findIndex(({ key }) => key === active);
  const last = useRef(-1);
  useEffect(() => {
    if (at >= 0) last.current = at;
    else if (last.current >= 0 && active !== undefined) {
      const next = lines[Math.min(last.current, lines.length - 1)];
      if (next) onLost(next.key);
    }
  });
  return at;
}

function useAddress(id: string | undefined, beside: boolean) {
  const navigate = useNavigate();
  const [settling, setSettling] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const to = (next: string) => {
    setSettling(false);
    const replace = beside || id !== undefined;
    void navigate({ to: "/inbox/$id", params: { id: next }, search: (kept) => kept, replace });
  };
  return {
    settling,
    show: (next: string, now: boolean) => {
      clearTimeout(timer.current);
      const quick = performance.now() - last.current < SETTLE_MS;
      last.current = performance.now();
      if (now || !quick) return to(next);
      setSettling(true);
      timer.current = setTimeout(() => to(next), SETTLE_MS);
    },
    close: () => {
      clearTimeout(timer.current);
      setSettling(false);
      if (id !== undefined) void navigate({ to: "/inbox", search: (kept) => kept, replace: beside });
    },
  };
}
