import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { type OrderFilter, type OrderRow, orders } from "~/api/orders";
import { useFilters } from "~/app/search";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Field, Filters, Panel, Table } from "~/ui/page";
import { Quiet } from "~/ui/stack";
import { When } from "~/ui/time";
import { BandMark, StageMark } from "./marks";
import style from "./orders.module.css";
import { useWords } from "./words";

const NAMES = ["stage", "q"] as const;
type Chosen = Partial<Record<(typeof NAMES)[number], string>>;

/** All orders, what changed last first: narrowed by stage, searched by name or id, page by page. */
export function List() {
  const w = useWords();
  const [filter, set] = useFilters(NAMES);
  return (
    <Panel title={w.list}>
      <Quiet>{w.listHint}</Quiet>
      <Filters>
        <Field label={w.stage}>
          <select value={filter.stage ?? ""} onChange={(event) => set("stage", event.target.value)}>
            <option value="">{w.any}</option>
            {Object.entries(w.stages).map(([stage, word]) => (
              <option key={stage} value={stage}>
                {word}
              </option>
            ))}
          </select>
        </Field>
        <Field label={w.search}>
          <input
            type="search"
            value={filter.q ?? ""}
            maxLength={100}
            size={26}
            placeholder={w.searchHint}
            onChange={(event) => set("q", event.target.value)}
          />
        </Field>
      </Filters>
      <Found filter={useDeferredValue(filter)} />
    </Panel>
  );
}

function Found({ filter }: { filter: Chosen }) {
  const { t } = useLanguage();
  const found = useInfiniteQuery({ ...orders(filter as OrderFilter), placeholderData: keepPreviousData });
  if (found.isPending) return <Loading rows={6} />;
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {rows.length > 0 && <Rows rows={once(rows)} />}
      {rows.length === 0 && !found.error && !found.hasNextPage && (
        <Nothing narrowed={Object.keys(filter).length > 0} />
      )}
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.common.more}
        </Button>
      )}
    </>
  );
}

/** One that moved on between two pages stands in both: the first is the later. */
function once(rows: readonly OrderRow[]): OrderRow[] {
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].toReversed();
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  const w = useWords();
  return (
    <Empty title={narrowed ? w.none : w.empty}>
      <p>{narrowed ? w.noneHint : w.emptyHint}</p>
    </Empty>
  );
}

function Rows({ rows }: { rows: readonly OrderRow[] }) {
  const w = useWords();
  return (
    <Table label={w.list}>
      <thead>
        <tr>
          {[w.name, w.stage, w.placed, w.total, w.fraud, w.waits].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ row }: { row: OrderRow }) {
  const w = useWords();
  const { money } = useLanguage();
  return (
    <tr>
      <th scope="row" className={style.name}>
        <Link to="/orders/$id" params={{ id: row.id }}>
          <Inert text={row.name} most={60} brief />
        </Link>
        {row.test && <small> {w.trial}</small>}
      </th>
      <td data-label={w.stage}>
        <StageMark of={row.stage} />
      </td>
      <td data-label={w.placed} className={style.fixed}>
        <When at={row.placed} />
      </td>
      <td data-label={w.total} className={style.fixed}>
        {money(row.total)}
      </td>
      <td data-label={w.fraud}>
        <BandMark of={row.band} />
      </td>
      <td data-label={w.waits} className={style.waits}>
        {row.waits ? <Waits of={row} waits={row.waits} /> : <Quiet>{w.nothing}</Quiet>}
      </td>
    </tr>
  );
}

/** What it waits for, and the way to the request where that is a person's word. */
function Waits({ of, waits }: { of: OrderRow; waits: NonNullable<OrderRow["waits"]> }) {
  const w = useWords();
  const { code, what, action } = waits;
  return (
    <div>
      {what}
      {code === "APPROVAL" && action && (
        <>
          {" · "}
          <Link to="/inbox/$id" params={{ id: action }} aria-label={`${w.request} ${of.name}`}>
            {w.request}
          </Link>
        </>
      )}
    </div>
  );
}
