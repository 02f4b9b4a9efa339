import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import type { Schema } from "~/api/client";
import { type ActionFilter, actions } from "~/api/queries";
import { useFilters } from "~/app/search";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Field, Filters, PageHead, Table } from "~/ui/page";
import { Status } from "~/ui/status";
import { Tier } from "~/ui/tier";
import { When } from "~/ui/time";
import style from "./actions.module.css";
import { KINDS } from "./kinds";
import { useWords } from "./words";

const NAMES = ["q", "status", "type", "tier", "agent"] as const;
const TIERS = ["LOW", "MEDIUM", "CEO", "HIGH", "DENIED"] as const;

/** Everything that was proposed: searched, narrowed, page by page. */
export function Actions() {
  const w = useWords();
  const [filter, set] = useFilters(NAMES);
  return (
    <>
      <PageHead title={w.actions} hint={w.actionsHint} />
      <Narrow filter={filter} set={set} />
      <Found filter={useDeferredValue(filter)} />
    </>
  );
}

type Chosen = Partial<Record<(typeof NAMES)[number], string>>;

function Narrow({
  filter,
  set,
}: {
  filter: Chosen;
  set: (name: (typeof NAMES)[number], value: string) => void;
}) {
  const w = useWords();
  const { t } = useLanguage();
  return (
    <Filters>
      <Field label={w.search}>
        <input
          type="search"
          value={filter.q ?? ""}
          maxLength={100}
          placeholder={w.searchHint}
          onChange={(event) => set("q", event.target.value)}
        />
      </Field>
      <Choice
        label={w.status}
        value={filter.status}
        set={(value) => set("status", value)}
        of={Object.entries(t.common.status)}
      />
      <Choice
        label={w.type}
        value={filter.type}
        set={(value) => set("type", value)}
        of={KINDS.map((kind) => [kind, kind])}
      />
      <Choice
        label={w.tier}
        value={filter.tier}
        set={(value) => set("tier", value)}
        of={TIERS.map((tier) => [tier, t.common.tier[tier]])}
      />
    </Filters>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  set: (value: string) => void;
  of: readonly (readonly [value: string, word: string])[];
}

function Choice({ label, value, set, of }: ChoiceProps) {
  const w = useWords();
  return (
    <Field label={label}>
      <select value={value ?? ""} onChange={(event) => set(event.target.value)}>
        <option value="">{w.any}</option>
        {of.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Found({ filter }: { filter: Chosen }) {
  const { t } = useLanguage();
  const found = useInfiniteQuery({ ...actions(filter as ActionFilter), placeholderData: keepPreviousData });
  if (found.isPending) return <Loading rows={6} />;
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {rows.length > 0 ? (
        <Rows rows={rows} />
      ) : (
        !found.error && !found.hasNextPage && <Nothing narrowed={Object.keys(filter).length > 0} />
      )}
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.common.more}
        </Button>
      )}
    </>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  const w = useWords();
  return (
    <Empty title={narrowed ? w.none : w.empty}>
      <p>{narrowed ? w.noneHint : w.emptyHint}</p>
    </Empty>
  );
}

function Rows({ rows }: { rows: readonly Schema<"Action">[] }) {
  const w = useWords();
  return (
    <Table label={w.actions}>
      <thead>
        <tr>
          {[w.action, w.tier, w.status, w.amount, w.agent, w.when].map((name) => (
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

function Row({ row }: { row: Schema<"Action"> }) {
  const w = useWords();
  const { money } = useLanguage();
  return (
    <tr>
      <td className={style.what}>
        <Link to="/actions/$id" params={{ id: row.id }}>
          <Inert text={row.willHappen} most={160} brief />
        </Link>
      </td>
      <td data-label={w.tier}>{row.tier && <Tier of={row.tier} />}</td>
      <td data-label={w.status}>
        <Status of={row.status} />
      </td>
      <td data-label={w.amount} className={style.fixed}>
        {row.amount && money(row.amount)}
      </td>
      <td data-label={w.agent} className={style.fixed}>
        <Inert text={row.agent.name} brief />
      </td>
      <td data-label={w.when} className={style.fixed}>
        <When at={row.updatedAt} />
      </td>
    </tr>
  );
}
