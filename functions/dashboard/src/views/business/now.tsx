import { useQuery } from "@tanstack/react-query";
import { agents, clusterMetrics, clusterStatus } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Quiet, Stack } from "~/ui/stack";
import { Tile, Tiles } from "~/ui/tile";
import { useWords } from "./words";

/** How the cluster stands, if this system has one. */
export function Now({ cluster }: { cluster: string }) {
  const w = useWords();
  const here = useQuery(agents()).data?.items.some((agent) => agent.cluster === cluster);
  const status = useQuery({ ...clusterStatus(cluster), enabled: here === true });
  if (here === false) {
    return (
      <Panel title={w.cluster}>
        <Quiet>{w.clusterMissing}</Quiet>
      </Panel>
    );
  }
  return (
    <section aria-label={w.cluster}>
      {status.isPending && <Loading rows={2} />}
      {status.error && <Problem error={status.error} retry={() => void status.refetch()} />}
      {status.data && <Figures cluster={cluster} />}
    </section>
  );
}

function Figures({ cluster }: { cluster: string }) {
  const w = useWords();
  const { number, percent } = useLanguage();
  const status = useQuery(clusterStatus(cluster)).data;
  const metrics = useQuery(clusterMetrics(cluster)).data;
  if (!status) return null;
  const { agents: crew, tasks } = status;
  const rate = (of: number | null | undefined) => (typeof of === "number" ? percent(of) : undefined);
  const [healthy, failing, paused, idle] = [crew.healthy, crew.failing, crew.paused, crew.idle].map(number);
  return (
    <Stack>
      <h2>{w.cluster}</h2>
      {status.stops.map((stop) => (
        <Quiet key={stop.scope}>{w.stopped(stop.scope, stop.by)}</Quiet>
      ))}
      <Tiles>
        <Tile
          label={w.agents}
          value={number(crew.total)}
          hint={w.agentsMeans(healthy ?? "", failing ?? "", paused ?? "", idle ?? "")}
        />
        <Tile
          label={w.tasks}
          value={number(tasks.doneToday)}
          hint={w.tasksMeans(number(tasks.ready), number(tasks.held), number(tasks.failedToday))}
        />
        <Tile label={w.waiting} value={number(status.pending)} />
        <Tile
          label={w.autonomy}
          value={rate(metrics?.autonomyPercent)}
          hint={rate(metrics?.autonomyPercent) ? undefined : w.autonomyNone}
        />
        <Tile
          label={w.success}
          value={rate(metrics?.successPercent)}
          hint={rate(metrics?.successPercent) ? undefined : w.successNone}
        />
      </Tiles>
    </Stack>
  );
}
