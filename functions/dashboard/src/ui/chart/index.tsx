import { lazy, type ReactNode, Suspense } from "react";
import { useLater } from "~/app/later";
import { useLanguage } from "~/i18n";
import { Table } from "~/ui/page";
import style from "./chart.module.css";

const Plot = lazy(() => import("./plot").then((m) => ({ default: m.Plot })));

/** A line of a chart: its name, its colour (a token), and a value per day; `null` where there is none. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly (number | null)[];
  /** Drawn with dashes, so that lines differ without their colours. */
  readonly dashed?: boolean;
}

interface ChartProps {
  title: string;
  /** Days, as `2026-11-20`, the earliest first. */
  days: readonly string[];
  series: readonly Series[];
  /** How a value is written. */
  write: (value: number) => string;
  /** What the table behind the chart is called. */
  asTable: string;
  dayName: string;
  note?: ReactNode;
}

/** A chart over days, and behind it the same as a table: for whoever does not see it, and to read a value exactly. */
export function Chart({ title, days, series, write, asTable, dayName, note }: ChartProps) {
  const { day } = useLanguage();
  const known = days
    .map((one, at) => [one, at] as const)
    .filter(([, at]) => series.some(({ values }) => typeof values[at] === "number"));
  const later = useLater();
  return (
    <figure className={style.chart}>
      <figcaption>
        <h3>{title}</h3>
        <ul className={style.legend}>
          {series.map(({ name, colour, dashed }) => (
            <li key={name}>
              <span aria-hidden style={{ borderColor: `var(${colour})` }} data-dashed={dashed} />
              {name}
            </li>
          ))}
        </ul>
      </figcaption>
      <div aria-hidden className={style.plot}>
        <Suspense fallback={null}>{later && <Plot days={days} series={series} write={write} />}</Suspense>
      </div>
      {note && <p className={style.note}>{note}</p>}
      <details>
        <summary>{asTable}</summary>
        <Table label={title}>
          <thead>
            <tr>
              {[dayName, ...series.map(({ name }) => name)].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {known.map(([one, at]) => (
              <tr key={one}>
                <th scope="row">{day(one)}</th>
                {series.map(({ name, values }) => (
                  <td key={name}>{typeof values[at] === "number" ? write(values[at]) : "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </details>
    </figure>
  );
}
