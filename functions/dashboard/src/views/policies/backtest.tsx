import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, type Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Problem } from "~/ui/notice";
import { Facts, Field } from "~/ui/page";
import { Tier } from "~/ui/tier";
import style from "./policies.module.css";
import { add, type Sum } from "./sum";
import { useWords } from "./words";

/** Days back that can be asked for; the API takes at most 31 at once. */
const SPANS = [1, 7, 30];

/** Characters of an id, which a decision's name begins with. */
const ID = 36;

/** Tries an edit on what was decided, page by page, the counts growing as they come. */
export function Backtest({ files }: { files: Schema<"EditedFile">[] }) {
  const w = useWords();
  const [days, setDays] = useState(7);
  const [sum, setSum] = useState<Sum>();
  const run = useMutation({ mutationFn: () => all(files, days, setSum) });
  return (
    <>
      <div className={style.bar}>
        <Field label={w.days}>
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {SPANS.map((span) => (
              <option key={span}>{span}</option>
            ))}
          </select>
        </Field>
        <Button busy={run.isPending} onClick={() => run.mutate()}>
          {w.backtest}
        </Button>
      </div>
      <div aria-live="polite">
        {run.error && <Problem error={run.error} retry={() => run.mutate()} />}
        {sum && <Result of={sum} />}
      </div>
    </>
  );
}

async function all(files: Schema<"EditedFile">[], days: number, told: (sum: Sum) => void): Promise<void> {
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const range = { from: day(days - 1), to: day(0) };
  let sum: Sum | undefined;
  let cursor: string | null | undefined;
  do {
    const ask = { files, ...range, ...(cursor ? { cursor } : {}) };
    const page = await body(api.POST("/api/v1/policies/backtest", { body: ask }));
    sum = add(sum, page);
    told(sum);
    cursor = page.next;
  } while (cursor);
}

function Result({ of }: { of: Sum }) {
  const w = useWords();
  const { number, money } = useLanguage();
  return (
    <>
      <p>{w.compared(number(of.compared))}</p>
      <Facts
        of={[
          [w.unchanged, number(of.unchanged)],
          [w.stricter, number(of.stricter)],
          [w.looser, <strong key="l">{number(of.looser)}</strong>],
          [w.newlyUnattended, money(of.newlyUnattended)],
          [w.newlyAttended, money(of.newlyAttended)],
        ]}
      />
      {of.withoutFacts > 0 && <p>{w.withoutFacts(number(of.withoutFacts))}</p>}
      {of.compared > 0 && of.stricter + of.looser === 0 && <p>{w.nothing}</p>}
      {of.affected.length > 0 && <h3>{w.affected}</h3>}
      <ul>
        {of.affected.map((one) => (
          <li key={one.decision}>
            <Tier of={one.from} /> → <Tier of={one.to} />{" "}
            <Link to="/actions/$id" params={{ id: one.decision.slice(0, ID) }}>
              {one.actionType}
            </Link>{" "}
            {one.amount && money(one.amount)} <Inert text={one.agent} brief />
          </li>
        ))}
      </ul>
    </>
  );
}
