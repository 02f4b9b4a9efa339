import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { Schema } from "~/api/client";
import { type AuditFilter, audit } from "~/api/queries";
import { useFilters } from "~/app/search";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Field, Filters, PageHead, Table } from "~/ui/page";
import { Columns, Stack } from "~/ui/stack";
import style from "~/views/actions/actions.module.css";
import { useWords } from "~/views/actions/words";
import { Export } from "./export";
import { Verify } from "./verify";

const NAMES = ["day", "actor", "what", "subject"] as const;
type Chosen = Partial<Record<(typeof NAMES)[number], string>>;

/** The record of a day or of one thing: read, verified, exported. */
export function Audit() {
  const w = useWords();
  const [chosen, set] = useFilters(NAMES);
  const filter = useDeferredValue(chosen);
  return (
    <Stack>
      <PageHead title={w.audit} hint={w.auditHint} />
      <Columns>
        <Verify subject={filter.subject} day={filter.day ?? today()} />
        <Export day={filter.day ?? today()} />
      </Columns>
      <Narrow chosen={chosen} set={set} />
      <Records filter={wanted(filter)} />
    </Stack>
  );
}

/** A thing is asked for by itself, on any day. */
function wanted({ subject, ...ofDay }: Chosen): AuditFilter {
  return subject === undefined ? { day: today(), ...ofDay } : { subject };
}

/** The day it is in UTC, as days are sealed. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function Narrow({
  chosen,
  set,
}: {
  chosen: Chosen;
  set: (name: (typeof NAMES)[number], value: string) => void;
}) {
  const w = useWords();
  const texts = [
    ["actor", w.actor, w.actorHint],
    ["what", w.what, w.whatHint],
    ["subject", w.subject, w.subjectHint],
  ] as const;
  return (
    <Filters>
      <Field label={w.day}>
        <input
          type="date"
          value={chosen.day ?? today()}
          max={today()}
          onChange={(event) => set("day", event.target.value)}
        />
      </Field>
      {texts.map(([name, label, hint]) => (
        <Field key={name} label={label}>
          <input
            value={chosen[name] ?? ""}
            placeholder={hint}
            onChange={(event) => set(name, event.target.value.trim())}
          />
        </Field>
      ))}
    </Filters>
  );
}

function Records({ filter }: { filter: AuditFilter }) {
  const w = useWords();
  const { t } = useLanguage();
  const found = useInfiniteQuery({ ...audit(filter), placeholderData: keepPreviousData });
  if (found.isPending) return <Loading rows={6} />;
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {rows.length > 0 && <Rows rows={rows} />}
      {rows.length === 0 && !found.error && !found.hasNextPage && <Empty title={w.noRecords} />}
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.common.more}
        </Button>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly Schema<"AuditRecord">[] }) {
  const w = useWords();
  const { time } = useLanguage();
  return (
    <Table label={w.audit}>
      <thead>
        <tr>
          {[w.at, w.subject, w.what, w.actor, w.result, w.why].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.subject}#${row.seq}`}>
            <td data-label={w.at}>
              <time dateTime={row.at}>{time(row.at)}</time>
            </td>
            <td className={style.what}>
              <Inert text={`${row.subject} · ${row.seq}`} brief />
            </td>
            <td data-label={w.what}>{row.what}</td>
            <td data-label={w.actor} className={style.fixed}>
              <Inert text={row.by} brief /> ({row.person ? w.person : w.fn})
            </td>
            <td data-label={w.result}>{row.result}</td>
            <td data-label={w.why} className={style.why}>
              <Inert text={row.reasons.join("; ")} most={200} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
