import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Agent as AgentOf } from "~/api/agents";
import { agent as agentQuery, agents } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Facts, PageHead, Panel } from "~/ui/page";
import { Columns, Lines, Quiet, Row, Stack } from "~/ui/stack";
import { When } from "~/ui/time";
import { HealthMark, Success } from "./health";
import { Money } from "./money";
import { Switch } from "./switch";
import { useWords } from "./words";
import { Work } from "./work";

/** One agent: how it is, what it did, what it may spend, and the switch that stops it. */
export function Agent() {
  const w = useWords();
  const { id = "" } = useParams({ strict: false });
  const found = useQuery(agentQuery(id));
  const agent = found.data;
  if (!agent) {
    return (
      <>
        <PageHead title={id.replaceAll("~", "/")} />
        {found.isPending ? (
          <Loading rows={5} />
        ) : (
          <Problem error={found.error} retry={() => void found.refetch()} />
        )}
      </>
    );
  }
  return (
    <>
      <PageHead title={agent.name} hint={agent.about}>
        <Row>
          <Link to="/agents" className={buttonClass("quiet")}>
            {w.back}
          </Link>
          <Switch agent={agent} />
        </Row>
      </PageHead>
      <Stack>
        {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
        <Columns>
          <State agent={agent} />
          <Money agent={agent} />
        </Columns>
        <Work agent={agent} />
        <Columns>
          <Specialists of={agent} />
          <Panel title={w.calibration}>
            <Quiet>{w.calibrationNone}</Quiet>
          </Panel>
        </Columns>
      </Stack>
    </>
  );
}

function State({ agent }: { agent: AgentOf }) {
  const w = useWords();
  const { t } = useLanguage();
  const { cluster, stop } = agent;
  const facts = [
    [w.health, <HealthMark key="h" of={agent} />],
    [w.success, <Success key="s" of={agent} />],
    [w.lastRun, agent.lastRun ? <When key="l" at={agent.lastRun} /> : w.never],
    [w.heartbeat, agent.lastSeen ? <When key="b" at={agent.lastSeen} /> : w.never],
    [w.fn, agent.function],
    [
      w.cluster,
      cluster in t.common.cluster ? t.common.cluster[cluster as keyof typeof t.common.cluster] : cluster,
    ],
  ] as const;
  return (
    <Panel title={w.state}>
      <Facts of={facts} />
      {stop && (
        <div>
          <strong>{w.stoppedBy(stop.by)}</strong> (<code>{stop.scope}</code>) <When at={stop.at} />
          <p>
            <Inert text={stop.reason} most={300} />
          </p>
        </div>
      )}
    </Panel>
  );
}

function Specialists({ of }: { of: AgentOf }) {
  const w = useWords();
  const all = useQuery(agents()).data?.items ?? [];
  const crew = all.filter((agent) => agent.function === of.function && agent.id !== of.id);
  return (
    <Panel title={w.specialists}>
      {crew.length === 0 && <Quiet>{w.noSpecialists}</Quiet>}
      <Lines>
        {crew.map((agent) => (
          <li key={agent.id}>
            <Row>
              <Link to="/agents/$id" params={{ id: agent.id }}>
                {agent.name}
              </Link>
              <HealthMark of={agent} />
            </Row>
          </li>
        ))}
      </Lines>
    </Panel>
  );
}
