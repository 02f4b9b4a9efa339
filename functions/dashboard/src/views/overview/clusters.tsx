import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type Agent, by, healths, success } from "~/api/agents";
import { type Day, days, today } from "~/api/days";
import { agents } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Bar } from "~/ui/bar";
import { Loading, Problem } from "~/ui/notice";
import { Stack } from "~/ui/stack";
import { Tile, Tiles } from "~/ui/tile";
import { useNow } from "~/ui/time";
import { useWords } from "./words";

/** A card for every cluster of the catalogue. */
export function Clusters() {
  const w = useWords();
  const found = useQuery(agents());
  const now = useNow();
  const day = today(useQuery(days()).data?.items ?? [], now);
  return (
    <section aria-labelledby="clusters">
      <Stack>
        <h2 id="clusters">{w.clusters}</h2>
        {found.isPending && <Loading rows={2} />}
        {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
        <Tiles>
          {by(found.data?.items ?? [], (agent) => agent.cluster).map(([name, members]) => (
            <Cluster key={name} name={name} members={members} day={day} />
          ))}
        </Tiles>
      </Stack>
    </section>
  );
}

interface ClusterProps {
  name: string;
  members: readonly Agent[];
  day: Day | undefined;
}

function Cluster({ name, members, day }: ClusterProps) {
  const w = useWords();
  const { t, number, percent } = useLanguage();
  const count = healths(members);
  const rate = success(members);
  const figures = day?.clusters[name];
  const known = name in t.common.cluster ? t.common.cluster[name as keyof typeof t.common.cluster] : name;
  return (
    <Tile
      label={<Link to="/agents">{known}</Link>}
      value={w.clusterAgents(members.length)}
      tone={count.failing > 0 ? "bad" : undefined}
      hint={w.agentsMeans(number(members.length - count.paused), number(count.failing), number(count.paused))}
    >
      {rate === undefined ? (
        <small>{w.neverRan}</small>
      ) : (
        <>
          <Bar parts={[{ kind: "good", percent: rate }]} means={`${w.clusterRuns}: ${percent(rate)}`} />
          <small>
            {w.clusterRuns}: {percent(rate)}
          </small>
        </>
      )}
      <small>
        {figures
          ? w.clusterToday(number(figures.alone), number(figures.byPeople), number(figures.tasksDone))
          : w.clusterNothing}
      </small>
    </Tile>
  );
}
