import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Agent } from "~/api/agents";
import { type ActionFilter, actions, tasks } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Columns, Lines, Quiet, Row } from "~/ui/stack";
import { Status } from "~/ui/status";
import { Tier } from "~/ui/tier";
import { When } from "~/ui/time";
import { useWords } from "./words";

const SHOWN = 8;

/** What the agent proposed and what it was told to do, the latest first. */
export function Work({ agent }: { agent: Agent }) {
  return (
    <Columns>
      <Proposed agent={agent} />
      <Told agent={agent} />
    </Columns>
  );
}

function Proposed({ agent }: { agent: Agent }) {
  const w = useWords();
  const filter: ActionFilter = { limit: SHOWN, agent: agent.name };
  const found = useInfiniteQuery(actions(filter));
  const rows = found.data?.pages.flatMap((page) => page.items).slice(0, SHOWN) ?? [];
  return (
    <Panel title={w.actions}>
      {found.isPending && <Loading rows={3} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <Quiet>{w.actionsNone}</Quiet>}
      <Lines>
        {rows.map((row) => (
          <li key={row.id}>
            <Row>
              {row.tier && <Tier of={row.tier} />}
              <Status of={row.status} />
              <small>
                <When at={row.updatedAt} />
              </small>
            </Row>
            <Link to="/actions/$id" params={{ id: row.id }}>
              <Inert text={row.willHappen} most={140} brief />
            </Link>
          </li>
        ))}
      </Lines>
      {rows.length > 0 && (
        <Link to="/actions" search={{ agent: agent.name } as never}>
          {w.actionsAll}
        </Link>
      )}
    </Panel>
  );
}

function Told({ agent }: { agent: Agent }) {
  const w = useWords();
  const { number } = useLanguage();
  const found = useQuery(tasks());
  const own = found.data?.items.filter((task) => task.agent === agent.name) ?? [];
  const being = (status: string) => number(own.filter((task) => task.status === status).length);
  return (
    <Panel title={w.tasks}>
      {found.isPending && <Loading rows={3} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <Quiet>
          {w.load}: {w.loadMeans(being("READY"), being("HELD"))}. {found.data.next && w.loadPart}
        </Quiet>
      )}
      {found.data && own.length === 0 && <Quiet>{w.tasksNone}</Quiet>}
      <Lines>
        {own.slice(0, SHOWN).map((task) => (
          <li key={task.id}>
            <Row>
              <code>
                <Inert text={task.kind} most={80} />
              </code>
              <span>{w.task[task.status] ?? task.status}</span>
              <small>
                <When at={task.updated} />
              </small>
            </Row>
            {task.error && <Inert text={task.error} most={200} />}
          </li>
        ))}
      </Lines>
    </Panel>
  );
}
