import { type MouseEvent, memo, useLayoutEffect, useRef } from "react";
import { useLanguage } from "~/i18n";
import type { Amount } from "~/i18n/formats";
import { Inert } from "~/ui/inert";
import { Tier } from "~/ui/tier";
import { Deadline } from "./deadline";
import type { Entry } from "./entry";
import type { GroupLine, Line } from "./lines";
import style from "./row.module.css";
import type { Mark } from "./since";
import { useWords } from "./words";

/** Most characters of a row: it shows one line of them. */
const MOST = 200;

/** Rows that are placed one by one have no cells of a table. */
const CELL = { role: "gridcell" } as const;

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

function EntryCells({
  entry,
  mark,
  before,
}: {
  entry: Entry;
  mark: Mark | undefined;
  before: string | undefined;
}) {
  const t = useWords();
  const { priority, deadline } = entry;
  return (
    <>
      <div {...CELL} className={style.tier}>
        {entry.tier && <Tier of={entry.tier} />}
      </div>
      <div {...CELL} className={style.what}>
        <div className={style.happens}>
          <Inert text={entry.willHappen} most={MOST} brief />
        </div>
        <div className={style.about}>
          {mark ? <Marked mark={mark} /> : <About entry={entry} before={before} />}
        </div>
      </div>
      <div {...CELL} className={style.amount}>
        {entry.amount && <Sum of={[entry.amount]} />}
      </div>
      <div {...CELL} className={style.due}>
        {deadline && <Deadline at={deadline} />}
        {priority && priority !== "MEDIUM" && (
          <span className={style.priority} data-priority={priority}>
            {t.priority[priority]}
          </span>
        )}
      </div>
    </>
  );
}

function About({ entry, before }: { entry: Entry; before: string | undefined }) {
  const { t: all } = useLanguage();
  const t = useWords();
  const { agent, quorum = 1, agreed = 0 } = entry;
  const cluster = all.common.cluster[agent.cluster as keyof typeof all.common.cluster];
  const tier = before && (all.common.tier[before as keyof typeof all.common.tier] ?? before);
  return (
    <>
      {tier && <strong>{t.tierChanged(tier)}</strong>}
      {quorum > 1 && <strong>{t.votes(agreed, quorum)}</strong>}
      <span>
        <Inert text={agent.name} most={60} brief />
      </span>
      {cluster && <span>{cluster}</span>}
      <span>{entry.actionType}</span>
    </>
  );
}

function Marked({ mark }: { mark: Mark }) {
  const { t: all, list } = useLanguage();
  const t = useWords();
  const status = all.common.status[mark.status as keyof typeof all.common.status] ?? mark.status;
  return <strong className={style.mark}>{t.decided(status, list(mark.by))}</strong>;
}

function GroupCells({ line }: { line: GroupLine }) {
  const { t: all } = useLanguage();
  const t = useWords();
  const { group, members, open } = line;
  const cluster = all.common.cluster[group.agent.cluster as keyof typeof all.common.cluster];
  return (
    <>
      <div {...CELL} className={style.tier}>
        <span className={style.count} data-open={open}>
          {members.length}
        </span>
      </div>
      <div {...CELL} className={style.what}>
        <div className={style.happens}>
          {group.cut ? t.groupOf(members.length, group.count) : t.group(members.length)}: {group.actionType}
        </div>
        <div className={style.about}>
          <span>
            <Inert text={group.agent.name} most={60} brief />
          </span>
          {cluster && <span>{cluster}</span>}
          <span>
            <Inert text={group.reasons[0] ?? ""} most={MOST} brief />
          </span>
        </div>
      </div>
      <div {...CELL} className={style.amount}>
        <Sum of={line.sums} />
      </div>
      <div {...CELL} className={style.due}>
        <Deadline at={group.deadline} />
      </div>
    </>
  );
}

function Sum({ of }: { of: readonly Amount[] }) {
  const { money } = useLanguage();
  return of.map((amount) => <span key={amount.currency}>{money(amount)}</span>);
}
