import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Schema } from "~/api/client";
import { goals } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { PageHead, Panel, Table } from "~/ui/page";
import { Columns, Stack } from "~/ui/stack";
import { When } from "~/ui/time";
import { Rulings } from "./rulings";
import { SetGoal } from "./set";
import { useWords } from "./words";

/** What the store aims at, and what the CEO function ruled. */
export function Goals() {
  const w = useWords();
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      <Stack>
        <Columns>
          <InForce />
          <SetGoal />
        </Columns>
        <Rulings />
      </Stack>
    </>
  );
}

function InForce() {
  const w = useWords();
  const found = useQuery(goals());
  const rows = found.data?.items ?? [];
  return (
    <Panel title={w.inForce}>
      {found.isPending && <Loading rows={2} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && (
        <Empty title={w.none}>
          <p>{w.noneHint}</p>
        </Empty>
      )}
      {rows.length > 0 && <Rows rows={rows} />}
    </Panel>
  );
}

function Rows({ rows }: { rows: readonly Schema<"Goal">[] }) {
  const w = useWords();
  const { locale } = useLanguage();
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  return (
    <Table label={w.inForce}>
      <thead>
        <tr>
          {[w.goal, w.value, w.since, w.by].map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.goal}>
            <th scope="row">
              <Inert text={row.goal} />
            </th>
            <td data-label={w.value}>{number.format(row.value as Intl.StringNumericLiteral)}</td>
            <td data-label={w.since}>
              <When at={row.updatedAt} />
            </td>
            <td data-label={w.by}>
              <Link to="/actions/$id" params={{ id: row.action }}>
                {w.action}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
