import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { healths } from "~/api/agents";
import { days, today } from "~/api/days";
import { agents, overview } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Loading, Problem } from "~/ui/notice";
import { Tile, Tiles } from "~/ui/tile";
import { useNow, When } from "~/ui/time";
import { useWords } from "./words";

/** The figures of the store: those that exist, and of the others why there are none. */
export function Business() {
  const w = useWords();
  return (
    <section aria-labelledby="business">
      <h2 id="business" className="hidden-visually">
        {w.business}
      </h2>
      <Tiles>
        <Takings />
        <Crew />
        <Today />
      </Tiles>
    </section>
  );
}

/** What came in today, and what is left of it. */
function Takings() {
  const w = useWords();
  const { money, number, percent } = useLanguage();
  const of = useQuery(overview()).data?.business;
  const margin = (text: string | null | undefined) => (text ? percent(Number(text)) : undefined);
  const [week, before] = [margin(of?.marginPercent), margin(of?.marginPercentBefore)];
  return (
    <>
      <Tile
        label={w.revenue}
        value={of && money(of.today.revenue)}
        hint={of ? w.yesterday(money(of.yesterday.revenue)) : w.noBooks}
      />
      <Tile
        label={w.profit}
        value={of && money(of.today.profit)}
        hint={of ? week && w.marginOf(week, before) : w.noBooks}
      />
      {of && (
        <Tile
          label={w.orders}
          value={number(of.today.orders)}
          hint={w.yesterday(number(of.yesterday.orders))}
        />
      )}
    </>
  );
}

function Crew() {
  const w = useWords();
  const { number } = useLanguage();
  const found = useQuery(agents());
  if (found.isPending) return <Loading rows={1} />;
  if (!found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const all = found.data.items;
  const count = healths(all);
  const ceo = all.find((agent) => agent.function === "ceo");
  const active = number(all.length - count.paused);
  return (
    <>
      <Tile
        label={w.ceo}
        value={ceo && (ceo.status === "PAUSED" ? w.ceoStopped : ceo.lastRun ? w.ceoRuns : w.ceoNever)}
        tone={ceo?.status === "PAUSED" ? "bad" : undefined}
        hint={
          !ceo ? (
            w.ceoUnknown
          ) : (
            <>
              {ceo.lastRun && (
                <>
                  {w.ceoLast} <When at={ceo.lastRun} /> ·{" "}
                </>
              )}
              <Link to="/goals">{w.rulings}</Link>
            </>
          )
        }
      />
      <Tile
        label={w.agents}
        value={w.agentsOf(number(count.healthy), number(all.length))}
        tone={count.failing > 0 ? "bad" : undefined}
        hint={w.agentsMeans(active, number(count.failing), number(count.paused))}
      />
    </>
  );
}

function Today() {
  const w = useWords();
  const { number, percent } = useLanguage();
  const found = useQuery(days());
  const now = useNow();
  if (found.isPending) return <Loading rows={1} />;
  if (!found.data) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const day = today(found.data.items, now);
  const all = day?.all;
  const more = day && !day.complete ? ` ${w.atLeast}` : "";
  const rate = all?.autonomyPercent ?? undefined;
  return (
    <>
      <Tile
        label={w.tasks}
        value={all && number(all.tasksDone + all.tasksFailed)}
        hint={all && w.tasksMeans(number(all.tasksDone), number(all.tasksFailed)) + more}
      />
      <Tile
        label={w.autonomy}
        value={rate === undefined ? undefined : percent(rate)}
        tone={rate === undefined ? undefined : rate >= 90 ? "good" : "doubt"}
        hint={
          rate === undefined
            ? more || w.autonomyNone
            : `${w.autonomyMeans(number(all?.alone ?? 0), number(all?.byPeople ?? 0))}. ${w.goal}`
        }
      />
    </>
  );
}
