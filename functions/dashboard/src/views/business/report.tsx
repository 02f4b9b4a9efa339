import { useQuery } from "@tanstack/react-query";
import { type Period, type Report, type ReportRow, report } from "~/api/reports";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Panel, Table } from "~/ui/page";
import { Quiet, Stack } from "~/ui/stack";
import { useWords } from "./words";

interface ReportPanelProps {
  kind: string;
  title: string;
  hint?: string;
  period?: Period;
  /** The latest first, for rows that are periods. */
  latest?: boolean;
  /** Most rows that are shown. */
  most?: number;
}

/** What the books say, as a table; where they say nothing, that. */
export function ReportPanel({ kind, title, hint, period = "day", latest, most = 40 }: ReportPanelProps) {
  const w = useWords();
  const found = useQuery(report(kind, period));
  const of = found.data;
  const rows = latest ? of?.rows.toReversed() : of?.rows;
  return (
    <Panel title={title}>
      {hint && <Quiet>{hint}</Quiet>}
      {found.isPending && <Loading rows={3} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {of && rows?.length === 0 && <Nothing of={of} />}
      {of && rows && rows.length > 0 && (
        <Stack>
          <Rows label={title} rows={rows.slice(0, most)} total={of.total ?? []} />
          {(rows.length > most || !of.complete) && <Quiet>{w.more}</Quiet>}
          {typeof of.balanced === "boolean" && <Quiet>{of.balanced ? w.balanced : w.unbalanced}</Quiet>}
          {typeof of.levelPercent === "number" && <Sure of={of} level={of.levelPercent} />}
          <Missing of={of.missing} />
        </Stack>
      )}
    </Panel>
  );
}

/** That nothing was booked is its title: what else is not known stands below it. */
function Nothing({ of }: { of: Report }) {
  const w = useWords();
  return (
    <Empty title={w.nothing}>
      <p>{w.nothingHint}</p>
      <Missing of={of.missing.filter((what) => !what.startsWith("entries:"))} />
    </Empty>
  );
}

/** What nobody knows, in the words of whoever says so. */
function Missing({ of }: { of: readonly string[] }) {
  const w = useWords();
  if (of.length === 0) return null;
  return (
    <>
      {of.map((what) => (
        <p key={what}>
          {w.unknown} <Inert text={what} most={200} />
        </p>
      ))}
    </>
  );
}

function Sure({ of, level }: { of: Report; level: number }) {
  const w = useWords();
  const { percent } = useLanguage();
  const error = of.errorPercent;
  return <Quiet>{w.sure(percent(level), error ? percent(Number(error)) : undefined)}</Quiet>;
}

function Rows({
  label,
  rows,
  total,
}: {
  label: string;
  rows: readonly ReportRow[];
  total: readonly ReportRow[];
}) {
  const w = useWords();
  const figures = [...new Set(rows.flatMap((row) => Object.keys(row.figures)))];
  figures.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const has = (part: keyof ReportRow) => rows.some((row) => row[part] !== undefined && row[part] !== null);
  const shown = {
    category: has("category"),
    orders: has("orders"),
    units: rows.some((row) => row.units),
    margin: has("marginPercent"),
  };
  const first = rows.some((row) => row.name) ? w.about : w.period;
  return (
    <Table label={label}>
      <thead>
        <tr>
          {shown.category && <th scope="col">{w.category}</th>}
          <th scope="col">{first}</th>
          {shown.orders && <th scope="col">{w.paid}</th>}
          {shown.units && <th scope="col">{w.units}</th>}
          {figures.map((name) => (
            <th key={name} scope="col">
              {w.figures[name] ?? name}
            </th>
          ))}
          {shown.margin && <th scope="col">{w.margin}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={`${row.category}${row.period}${row.name}${row.currency}`} {...{ row, figures, shown }} />
        ))}
      </tbody>
      {total.length > 0 && (
        <tfoot>
          {total.map((row) => (
            <Line key={row.currency} {...{ row, figures, shown }} name={w.total} />
          ))}
        </tfoot>
      )}
    </Table>
  );
}

/** Figures stand in this order, whatever else comes behind them. */
const ORDER = [
  "amount",
  "net",
  "expected",
  "low",
  "high",
  "sales",
  "shipping",
  "refunds",
  "income",
  "goods",
  "carriage",
  "fees",
  "advertising",
  "expenses",
  "profit",
  "vat",
];

interface LineProps {
  row: ReportRow;
  figures: readonly string[];
  shown: { category: boolean; orders: boolean; units: boolean; margin: boolean };
  name?: string;
}

function Line({ row, figures, shown, name }: LineProps) {
  const w = useWords();
  const { money, number, percent } = useLanguage();
  const called = row.name ?? row.period ?? w.all;
  const margin = row.marginPercent;
  return (
    <tr>
      {shown.category && <td>{row.category && (w.figures[row.category] ?? row.category)}</td>}
      <th scope="row">{name ?? w.figures[called] ?? <Inert text={called} most={60} brief />}</th>
      {shown.orders && <td>{typeof row.orders === "number" && number(row.orders)}</td>}
      {shown.units && <td>{typeof row.units === "number" && number(row.units)}</td>}
      {figures.map((figure) => {
        const amount = row.figures[figure];
        return <td key={figure}>{amount !== undefined && money({ amount, currency: row.currency })}</td>;
      })}
      {shown.margin && <td>{margin && percent(Number(margin))}</td>}
    </tr>
  );
}
