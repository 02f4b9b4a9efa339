import type { ReactNode } from "react";
import { useLanguage } from "~/i18n";
import { Amount } from "~/ui/amount";
import { Inert } from "~/ui/inert";
import { Facts } from "~/ui/page";
import type { Detail } from "../detail";
import { Section } from "../section";
import { useWords } from "../words";
import style from "./facts.module.css";

type Says = Detail["agentSays"];

/** In whose name people propose. */
const BY_HAND = "api";

/** The agent's own words: after the facts, in a box of their own, as text that does nothing. */
export function AgentSays({ of }: { of: Detail }) {
  const words = useWords();
  const says = of.agentSays;
  const byHand = of.agent.name === BY_HAND;
  return (
    <Section title={byHand ? words.asks : words.says} tone="quoted">
      <p className={style.note}>
        <Inert text={byHand ? of.authors.join(", ") : of.agent.name} most={120} /> ·{" "}
        {byHand ? words.asksMeans : words.saysMeans}
      </p>
      <blockquote className={style.said}>
        <p>
          <strong>
            <Inert text={says.title} most={200} />
          </strong>
        </p>
        <p>
          <Inert text={says.description} />
        </p>
      </blockquote>
      <Claims of={says} />
      {says.alternatives.length > 0 && <Others of={says.alternatives} />}
    </Section>
  );
}

function Claims({ of }: { of: Says }) {
  const words = useWords();
  const { percent } = useLanguage();
  return (
    <Facts
      of={[
        [words.reasoning, of.reasoning && <Inert text={of.reasoning} />],
        [words.expects, <Expects key="expects" of={of.impact} />],
        [words.sure, of.confidencePercent != null && words.confidence(percent(of.confidencePercent))],
        [words.risks, <Lines key="risks" of={of.riskFactors} />],
        [words.missing, <Lines key="missing" of={of.missing} />],
        [words.sources, <Lines key="sources" of={of.dataSources} />],
      ]}
    />
  );
}

/** What the agent expects to come of it: its claim, so it stands in its box. */
function Expects({ of }: { of: Says["impact"] }) {
  const words = useWords();
  const { percent } = useLanguage();
  const claims: readonly [string, ReactNode][] = [
    [words.revenue, of.estimatedRevenue && <Amount of={of.estimatedRevenue} />],
    [words.cost, of.estimatedCost && <Amount of={of.estimatedCost} />],
    [words.roi, of.estimatedRoiPercent != null && percent(of.estimatedRoiPercent)],
    [words.margin, of.marginPercent != null && percent(of.marginPercent)],
  ];
  const made = claims.filter(([, claim]) => claim);
  if (made.length === 0) return words.nothingSaid;
  return (
    <ul className={style.claims}>
      {made.map(([name, claim]) => (
        <li key={name}>
          {name} <strong>{claim}</strong>
        </li>
      ))}
    </ul>
  );
}

/** Sentences of the agent, one below the other. */
function Lines({ of }: { of: readonly string[] }) {
  const words = useWords();
  if (of.length === 0) return <span className={style.none}>{words.nothingSaid}</span>;
  return (
    <ul>
      {[...new Set(of)].map((line) => (
        <li key={line}>
          <Inert text={line} most={300} />
        </li>
      ))}
    </ul>
  );
}

function Others({ of }: { of: Says["alternatives"] }) {
  const words = useWords();
  return (
    <>
      <h4>{words.others}</h4>
      <ul className={style.others}>
        {of.map((other, place) => (
          <li key={place}>
            <Inert text={other.description} />
            {other.estimatedImpact && (
              <>
                {" "}
                (<Amount of={other.estimatedImpact} />)
              </>
            )}
            <Facts
              of={[
                [words.pros, other.pros.length > 0 && <Lines key="pros" of={other.pros} />],
                [words.cons, other.cons.length > 0 && <Lines key="cons" of={other.cons} />],
              ]}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
