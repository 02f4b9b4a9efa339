import { Link } from "@tanstack/react-router";
import type { Schema } from "~/api/client";
import type { OrderDetail } from "~/api/orders";
import { useLanguage } from "~/i18n";
import { useMay } from "~/session/me";
import { Inert } from "~/ui/inert";
import { Panel } from "~/ui/page";
import style from "~/views/actions/timeline.module.css";
import { StageMark } from "./marks";
import { useWords } from "./words";

/** Everything that happened to an order, first to last, and whether the record of it is whole. */
export function Record({ of }: { of: OrderDetail }) {
  const w = useWords();
  const mayRead = useMay("audit.read");
  const { verified, broken, records } = of.history;
  return (
    <Panel title={w.record}>
      <p className={verified ? style.whole : style.broken} role={verified ? undefined : "alert"}>
        <strong>{verified ? w.verified : w.broken}</strong>{" "}
        {verified ? w.verifiedHint : <Inert text={broken ?? ""} />}{" "}
        {mayRead && (
          <Link to="/audit" search={{ subject: `ORDER#${of.id}` } as never}>
            {w.toRecord}
          </Link>
        )}
      </p>
      <ol className={style.line}>
        {records.map((record) => (
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
        <strong>
          <Inert text={of.what} most={120} brief />
        </strong>{" "}
        {w.by} <Inert text={of.by} most={120} brief /> → <StageMark of={of.result} />
        {[...new Set(of.reasons)].map((reason) => (
          <div key={reason} className={style.reason}>
            <Inert text={reason} most={300} />
          </div>
        ))}
      </div>
    </li>
  );
}
