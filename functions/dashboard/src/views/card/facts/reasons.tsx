import type { Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Tier } from "~/ui/tier";
import { When } from "~/ui/time";
import type { Detail } from "../detail";
import { Section } from "../section";
import { useWords } from "../words";
import style from "./facts.module.css";

/** Why policy asks for what it asks: each finding with its threshold and the value that was compared with it. */
export function Reasons({ of }: { of: Detail }) {
  const words = useWords();
  if (!of.decision) return null;
  const { tier, reasons, revision, at } = of.decision;
  return (
    <Section title={tier === "HIGH" ? words.why : words.whyNot}>
      <ReasonList of={reasons} />
      <p className={style.note}>
        {words.judged} <code title={revision}>{revision.slice(0, 8)}</code>, <When at={at} />
      </p>
    </Section>
  );
}

/** Findings, the gravest first as they come. */
export function ReasonList({ of }: { of: readonly Schema<"Reason">[] }) {
  return (
    <ul className={style.reasons}>
      {of.map((reason) => (
        <li key={`${reason.code} ${reason.text}`}>
          <Tier of={reason.tier} />
          <div>
            <Inert text={reason.text} />
            <Compared of={reason} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Compared({ of }: { of: Schema<"Reason"> }) {
  const { t } = useLanguage();
  const words = useWords();
  const facts = [
    [words.value, of.value],
    [words.threshold, of.threshold],
  ].filter((fact): fact is [string, string] => typeof fact[1] === "string");
  return (
    <p className={style.compared}>
      {facts.map(([name, value]) => (
        <span key={name}>
          {name} <Inert text={value} most={120} />
        </span>
      ))}
      {of.limit && (
        <code>
          <Inert text={of.limit} most={120} />
        </code>
      )}
      {of.line != null && <code>{words.line(of.line)}</code>}
      <code title={t.common.because}>
        <Inert text={of.code} most={120} />
      </code>
    </p>
  );
}
