import type { Detail } from "../detail";
import { Section } from "../section";
import { useWords } from "../words";
import style from "./facts.module.css";
import { Figures } from "./figures";
import { Fields } from "./value";

const DONE = new Set(["EXECUTED", "SIMULATED", "UNDONE"]);

/** What exactly will happen: its figures, then every field of it. */
export function Will({ of }: { of: Detail }) {
  const words = useWords();
  return (
    <Section title={DONE.has(of.status) ? words.did : words.will}>
      <Figures type={of.actionType} payload={of.payload} />
      <h4>{words.everyField}</h4>
      <div className={style.all}>
        <Fields of={of.payload} />
      </div>
      {/https?:/i.test(JSON.stringify(of.payload)) && <p className={style.note}>{words.addresses}</p>}
    </Section>
  );
}
