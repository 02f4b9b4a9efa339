import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { overview } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Field, PageHead } from "~/ui/page";
import { Column } from "./column";
import style from "./products.module.css";
import { STAGES, type Stage } from "./stages";
import { useWords } from "./words";

/** The journeys of all products as columns; one column at a time where the page is narrow. */
export function Products() {
  const w = useWords();
  const { number } = useLanguage();
  const found = useQuery(overview());
  const counts = found.data?.journeys ?? {};
  const [chosen, setChosen] = useState<Stage>("DECIDING");
  const told = (stage: Stage) => {
    const count = counts[stage];
    return count && `${number(count.count)}${count.more ? "+" : ""}`;
  };
  const empty = found.data && STAGES.every((stage) => (counts[stage]?.count ?? 0) === 0);
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      {found.isPending && <Loading rows={5} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {empty && (
        <Empty title={w.emptyTitle}>
          <p>{w.emptyHint}</p>
        </Empty>
      )}
      {found.data && !empty && (
        <>
          <div className={style.choose}>
            <Field label={w.choose}>
              <select value={chosen} onChange={(event) => setChosen(event.target.value as Stage)}>
                {STAGES.map((stage) => (
                  <option key={stage} value={stage}>
                    {w.stage[stage]} ({told(stage)})
                  </option>
                ))}
              </select>
            </Field>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard */}
          <section className={style.columns} aria-label={w.columns} tabIndex={0}>
            {STAGES.map((stage) => (
              <Column key={stage} stage={stage} count={told(stage)} shown={stage === chosen} />
            ))}
          </section>
        </>
      )}
    </>
  );
}
