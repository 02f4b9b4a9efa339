import { type Agent, health } from "~/api/agents";
import { useLanguage } from "~/i18n";
import { Bar } from "~/ui/bar";
import style from "./agents.module.css";
import { useWords } from "./words";

/** How an agent is: a word with a mark whose shape differs too. */
export function HealthMark({ of }: { of: Agent }) {
  const w = useWords();
  const is = health(of);
  return (
    <span className={style.health} data-is={is} title={w.healthMeans[is]}>
      {w.healthIs[is]}
    </span>
  );
}

/** How many runs ended well, as a bar and in words. */
export function Success({ of }: { of: Agent }) {
  const w = useWords();
  const { number, percent } = useLanguage();
  const all = of.succeeded + of.failed;
  if (all === 0) return <small>{w.noRuns}</small>;
  const rate = (of.succeeded * 100) / all;
  const told = w.ofRuns(number(of.succeeded), number(all));
  return (
    <div className={style.success}>
      <Bar
        parts={[
          { kind: "good", percent: rate },
          { kind: "bad", percent: 100 - rate },
        ]}
        means={`${percent(rate)}: ${told}`}
      />
      <small>
        {percent(rate)} · {told}
      </small>
    </div>
  );
}
