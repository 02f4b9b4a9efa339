import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Agent, by, healths } from "~/api/agents";
import { agents } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Empty, Loading, Problem } from "~/ui/notice";
import { PageHead, Panel, Table } from "~/ui/page";
import { Quiet, Stack } from "~/ui/stack";
import { When } from "~/ui/time";
import style from "./agents.module.css";
import { HealthMark, Success } from "./health";
import { Switch } from "./switch";
import { useWords } from "./words";

/** Everybody who works here, cluster by cluster. */
export function Agents() {
  const w = useWords();
  const { number } = useLanguage();
  const found = useQuery(agents());
  const all = found.data?.items ?? [];
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      <Stack>
        {found.isPending && <Loading rows={6} />}
        {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
        {found.data && all.length === 0 && (
          <Empty title={w.none}>
            <p>{w.noneHint}</p>
          </Empty>
        )}
        {by(all, (agent) => agent.cluster).map(([name, members]) => (
          <Cluster key={name} name={name} members={members} />
        ))}
        {found.data?.next && <Quiet>{w.firstOnly(number(all.length))}</Quiet>}
      </Stack>
    </>
  );
}

function Cluster({ name, members }: { name: string; members: readonly Agent[] }) {
  const w = useWords();
  const { t, number } = useLanguage();
  const known = name in t.common.cluster ? t.common.cluster[name as keyof typeof t.common.cluster] : name;
  const count = healths(members);
  const [healthy, failing, paused, idle] = [count.healthy, count.failing, count.paused, count.idle].map(
    number,
  );
  return (
    <Panel title={known}>
      <Quiet>{w.counts(healthy ?? "", failing ?? "", paused ?? "", idle ?? "")}</Quiet>
      <Table label={known}>
        <thead>
          <tr>
            {[w.agent, w.health, w.success, w.lastRun, w.heartbeat].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="hidden-visually">{w.pause}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {by(members, (agent) => agent.function).flatMap(([, crew]) =>
            crew.map((agent) => <Member key={agent.id} agent={agent} />),
          )}
        </tbody>
      </Table>
    </Panel>
  );
}

function Member({ agent }: { agent: Agent }) {
  const w = useWords();
  const specialist = agent.name !== agent.function;
  return (
    <tr>
      <th scope="row" className={specialist ? style.specialist : undefined}>
        <Link to="/agents/$id" params={{ id: agent.id }}>
          {agent.name}
        </Link>
        {specialist && <small> {w.specialistOf(agent.function)}</small>}
      </th>
      <td data-label={w.health}>
        <HealthMark of={agent} />
      </td>
      <td data-label={w.success}>
        <Success of={agent} />
      </td>
      <td data-label={w.lastRun}>{agent.lastRun ? <When at={agent.lastRun} /> : w.never}</td>
      <td data-label={w.heartbeat}>{agent.lastSeen ? <When at={agent.lastSeen} /> : w.never}</td>
      <td>
        <Switch agent={agent} />
      </td>
    </tr>
  );
}
