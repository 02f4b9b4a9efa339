import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Day, days, month } from "~/api/days";
import { useLanguage } from "~/i18n";
import { Chart } from "~/ui/chart";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Columns, Quiet } from "~/ui/stack";
import { useWords } from "./words";

/** How it went in the last 30 days. */
export function Trend() {
  const w = useWords();
  const found = useQuery(days());
  const known = found.data?.items ?? [];
  return (
    <Panel title={w.trend}>
      <Quiet>
        {w.trendHint} {known.length > 0 && known.length < 30 && w.fewDays(known.length)}
      </Quiet>
      {found.isPending && <Loading rows={3} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && known.length === 0 && (
        <Empty title={w.noDays}>
          <p>{w.noDaysHint}</p>
        </Empty>
      )}
      {known.length > 0 && <Charts of={known} />}
    </Panel>
  );
}

function Charts({ of }: { of: readonly Day[] }) {
  const w = useWords();
  const { number, percent } = useLanguage();
  const all = useMemo(() => month(of), [of]);
  const dates = useMemo(() => all.map(({ date }) => date), [all]);
  const [decisions, rate, work] = useMemo(() => {
    const each = (value: (day: Day) => number | null | undefined) =>
      all.map(({ day }) => (day && value(day)) ?? null);
    return [
      [
        { name: w.alone, colour: "--low", values: each((day) => day.all.alone) },
        { name: w.people, colour: "--high", values: each((day) => day.all.byPeople), dashed: true },
      ],
      [{ name: w.alone, colour: "--accent", values: each((day) => day.all.autonomyPercent) }],
      [
        { name: w.done, colour: "--low", values: each((day) => day.all.tasksDone) },
        { name: w.failed, colour: "--danger", values: each((day) => day.all.tasksFailed), dashed: true },
      ],
    ] as const;
  }, [all, w]);
  const same = { days: dates, asTable: w.table, dayName: w.day };
  return (
    <Columns>
      <Chart title={w.decisions} series={decisions} write={number} {...same} />
      <Chart title={w.rate} series={rate} write={percent} {...same} />
      <Chart title={w.work} series={work} write={number} {...same} />
    </Columns>
  );
}
