import { useQuery } from "@tanstack/react-query";
import { control } from "~/api/control";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Facts, Panel } from "~/ui/page";
import { Lines } from "~/ui/stack";
import { Moment, When } from "~/ui/time";
import { Lift } from "./lift";
import { useScope } from "./scope";
import { useWords } from "./words";

/** What is stopped, by whom, since when and why, and the way to lift each. */
export function Stops() {
  const w = useWords();
  const told = useScope();
  const found = useQuery(control());
  const stops = found.data?.value.stops ?? [];
  return (
    <Panel title={w.stops}>
      {found.isPending && <Loading rows={2} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && stops.length === 0 && (
        <Empty title={w.running}>
          <p>{w.runningHint}</p>
        </Empty>
      )}
      <Lines>
        {stops.map((stop) => (
          <li key={stop.scope}>
            <h3>{told(stop.scope)}</h3>
            <Facts
              of={[
                [w.by, <Inert key="by" text={stop.by} />],
                [w.reason, <Inert key="reason" text={stop.reason} most={400} />],
                [
                  w.since,
                  <span key="since">
                    <When at={stop.at} /> (<Moment at={stop.at} />)
                  </span>,
                ],
              ]}
            />
            <Lift stop={stop} />
          </li>
        ))}
      </Lines>
    </Panel>
  );
}
