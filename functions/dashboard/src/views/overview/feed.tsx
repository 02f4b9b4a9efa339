import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { actions } from "~/api/queries";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Lines, Quiet, Row } from "~/ui/stack";
import { Tier } from "~/ui/tier";
import { When } from "~/ui/time";
import { useWords } from "./words";

/** Tiers at which no person is asked. */
const ALONE = ["LOW", "MEDIUM", "CEO"];
const SHOWN = 8;

/** What was executed on the word of policy or the CEO function, as it happens. */
export function Feed() {
  const w = useWords();
  const found = useInfiniteQuery(actions({ status: "EXECUTED", limit: 50 }));
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const alone = rows.filter((row) => row.tier && ALONE.includes(row.tier)).slice(0, SHOWN);
  return (
    <Panel title={w.feed}>
      <Quiet>{w.feedHint}</Quiet>
      {found.isPending && <Loading rows={4} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && alone.length === 0 && (
        <Empty title={w.feedNone}>
          <p>{w.feedNoneHint}</p>
        </Empty>
      )}
      <Lines>
        {alone.map((row) => (
          <li key={row.id}>
            <Row>
              {row.tier && <Tier of={row.tier} />}
              <small>
                <When at={row.updatedAt} /> · <Inert text={row.agent.name} />
              </small>
            </Row>
            <Link to="/actions/$id" params={{ id: row.id }}>
              <Inert text={row.willHappen} most={140} brief />
            </Link>
          </li>
        ))}
      </Lines>
      <Link to="/actions">{w.feedAll}</Link>
    </Panel>
  );
}
