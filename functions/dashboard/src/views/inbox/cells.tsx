import { useLanguage } from "~/i18n";
import type { Amount } from "~/i18n/formats";
import type { Me } from "~/session/me";
import { Inert } from "~/ui/inert";
import { Tier } from "~/ui/tier";
import { Deadline } from "./deadline";
import type { Entry } from "./entry";
import type { GroupLine } from "./lines";
import style from "./row.module.css";
import type { Mark } from "./since";
import { useWords } from "./words";

/** Most characters of a row: it shows one line of them, or two. */
const MOST = 200;
/** Rows that are placed one by one have no cells of a table. */
export const CELL = { role: "gridcell" } as const;

interface EntryProps {
  entry: Entry;
  mark: Mark | undefined;
  /** Its tier when this session first saw it, where it is another one now. */
  before: string | undefined;
  me: Me | undefined;
}

/** What a row says of a request. */
export function EntryCells({ entry, mark, before, me }: EntryProps) {
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
          {mark ? <Marked mark={mark} me={me} /> : <About entry={entry} before={before} me={me} />}
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

function About({ entry, before, me }: Omit<EntryProps, "mark">) {
  const { t: all, list } = useLanguage();
  const t = useWords();
  const { agent, quorum = 1, agreed = 0, roles } = entry;
  const others = me && roles && !roles.some((role) => me.roles.some((one) => one === role)) ? roles : [];
  const cluster = agent.cluster === agent.name ? undefined : named(all.common.cluster, agent.cluster);
  const tier = before && named(all.common.tier, before);
  return (
    <>
      {tier && <strong>{t.tierChanged(tier)}</strong>}
      {quorum > 1 && <strong>{t.votes(agreed, quorum)}</strong>}
      <span>
        <Inert text={agent.name} most={60} brief />
      </span>
      {cluster && <span>{cluster}</span>}
      <span>{entry.actionType}</span>
      {others.length > 0 && <span>{t.asks(list(others.map((role) => named(all.common.role, role))))}</span>}
    </>
  );
}

/** The word for a name that the API uses; the name itself where there is none. */
function named(words: Record<string, string>, name: string): string {
  return words[name] ?? name;
}

function Marked({ mark, me }: { mark: Mark; me: Me | undefined }) {
  const { t: all, list } = useLanguage();
  const t = useWords();
  const status = named(all.common.status, mark.status);
  const by = mark.by.map((person) => (person === me?.account ? t.you : person));
  return <strong className={style.mark}>{t.decided(status, list(by))}</strong>;
}

/** What a row says of similar requests. */
export function GroupCells({ line }: { line: GroupLine }) {
  const { t: all } = useLanguage();
  const t = useWords();
  const { group, members, open } = line;
  const cluster =
    group.agent.cluster === group.agent.name ? undefined : named(all.common.cluster, group.agent.cluster);
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
