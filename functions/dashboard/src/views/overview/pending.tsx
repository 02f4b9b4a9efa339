import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Schema } from "~/api/client";
import { approvals, overview } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Lines, Quiet, Row } from "~/ui/stack";
import { Tier } from "~/ui/tier";
import { When } from "~/ui/time";
import { useWords } from "./words";

const ORDER = ["CRITICAL", "HIGH", "MEDIUM", "LOW"];
const SHOWN = 4;

/** What waits for people: how much of each priority, and what is due first. */
export function Pending() {
  const w = useWords();
  const { number } = useLanguage();
  const all = useQuery(overview()).data?.actions.PENDING;
  const found = useInfiniteQuery(approvals({ limit: 200 }));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const count = all && `${number(all.count)}${all.more ? "+" : ""}`;
  return (
    <Panel title={count ? `${w.pending} (${count})` : w.pending}>
      {found.isPending && <Loading rows={3} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && (
        <Empty title={w.pendingNone}>
          <p>{w.pendingNoneHint}</p>
        </Empty>
      )}
      {rows.length > 0 && (
        <>
          <ByPriority rows={rows} more={found.hasNextPage} />
          <Lines>
            {rows.slice(0, SHOWN).map((row) => (
              <First key={row.id} row={row} />
            ))}
          </Lines>
          <Row>
            <Link to="/inbox" className={buttonClass("primary")}>
              {w.pendingAll}
            </Link>
          </Row>
        </>
      )}
    </Panel>
  );
}

type Waiting = Schema<"Action"> & { priority: string; deadline: string };

function ByPriority({ rows, more }: { rows: readonly Waiting[]; more: boolean }) {
  const w = useWords();
  const { number } = useLanguage();
  const of = (priority: string) => rows.filter((row) => row.priority === priority).length;
  return (
    <>
      <Row>
        <span>{w.byRisk}:</span>
        {ORDER.filter((priority) => of(priority) > 0).map((priority) => (
          <strong key={priority}>
            {w.priority[priority]} {number(of(priority))}
          </strong>
        ))}
      </Row>
      {more && <Quiet>{w.shownFirst(number(rows.length))}</Quiet>}
    </>
  );
}

function First({ row }: { row: Waiting }) {
  const w = useWords();
  const { money } = useLanguage();
  return (
    <li>
      <Row>
        {row.tier && <Tier of={row.tier} />}
        {row.amount && <strong>{money(row.amount)}</strong>}
        <small>
          {w.due} <When at={row.deadline} />
        </small>
      </Row>
      <Link to="/inbox/$id" params={{ id: row.id }}>
        <Inert text={row.willHappen} most={140} brief />
      </Link>
    </li>
  );
}
