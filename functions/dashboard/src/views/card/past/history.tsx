import type { Schema } from "~/api/client";
import { Inert } from "~/ui/inert";
import { Status } from "~/ui/status";
import { Moment } from "~/ui/time";
import type { Detail } from "../detail";
import style from "../facts/facts.module.css";
import { Section } from "../section";
import { useWords } from "../words";

/** Everything that happened to it, first to last, and whether the record of it is whole. */
export function History({ of }: { of: Detail["history"] }) {
  const words = useWords();
  return (
    <Section title={words.history}>
      <p className={of.verified ? style.note : style.bad} role={of.verified ? undefined : "alert"}>
        {of.verified ? `✓ ${words.verified}` : `✗ ${words.notVerified}`}
        {of.broken && (
          <>
            : <Inert text={of.broken} />
          </>
        )}
      </p>
      <ol className={style.timeline}>
        {of.records.map((record) => (
          <Entry key={record.seq} of={record} />
        ))}
      </ol>
    </Section>
  );
}

function Entry({ of }: { of: Schema<"AuditRecord"> }) {
  const words = useWords();
  return (
    <li>
      <Moment at={of.at} />
      <div>
        <strong>
          <Inert text={of.what} most={120} />
        </strong>{" "}
        {words.decidedBy} <Inert text={of.by} most={120} /> ({of.person ? words.person : words.machine}) →{" "}
        <Status of={of.result} />
        {[...new Set(of.reasons)].map((reason) => (
          <p key={reason} className={style.note}>
            <Inert text={reason} most={300} />
          </p>
        ))}
        <p className={style.prints}>
          {of.input && (
            <span title={of.input}>
              {words.input} <code>{of.input.slice(0, 8)}</code>
            </span>
          )}
          {of.revision && (
            <span title={of.revision}>
              {words.revision} <code>{of.revision.slice(0, 8)}</code>
            </span>
          )}
        </p>
      </div>
    </li>
  );
}
