import type { Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Panel } from "~/ui/page";
import { Status } from "~/ui/status";
import style from "./timeline.module.css";
import { useWords } from "./words";

/** Everything that happened to a thing, first to last, and whether the record of it is whole. */
export function Timeline({ of }: { of: Schema<"History"> }) {
  const w = useWords();
  return (
    <Panel title={w.life}>
      <p className={of.verified ? style.whole : style.broken} role={of.verified ? undefined : "alert"}>
        <strong>{of.verified ? w.verified : w.broken}</strong>{" "}
        {of.verified ? w.verifiedHint : <Inert text={of.broken ?? ""} />}
      </p>
      <ol className={style.line}>
        {of.records.map((record) => (
          <Entry key={record.seq} of={record} />
        ))}
      </ol>
    </Panel>
  );
}

function Entry({ of }: { of: Schema<"AuditRecord"> }) {
  const w = useWords();
  const { moment, time } = useLanguage();
  return (
    <li>
      <time dateTime={of.at} title={moment(of.at)}>
        {time(of.at)}
      </time>
      <div>
        <strong>{of.what}</strong> {w.by} <Inert text={of.by} /> ({of.person ? w.person : w.fn}) →{" "}
        <Status of={of.result} />
        {of.reasons.map((reason) => (
          <div key={reason} className={style.reason}>
            <Inert text={reason} most={300} />
          </div>
        ))}
      </div>
    </li>
  );
}
