import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Word } from "~/ui/word";
import type { Detail } from "../detail";
import { Section } from "../section";
import { useWords } from "../words";
import style from "./facts.module.css";
import { Fields } from "./value";

/** What would undo it, for how long, and every field of that. */
export function Back({ of }: { of: Detail }) {
  const words = useWords();
  const { span } = useLanguage();
  const minutes = of.undoMinutes ?? 0;
  return (
    <Section title={words.back}>
      <p>
        <strong>
          <Word of={of.reversibility} among={words.reversibility} />
        </strong>
        {of.inverse && minutes > 0 && ` ${words.undoFor(span(minutes * 60_000))}`}
      </p>
      {of.inverse ? (
        <>
          <p>
            {words.wouldUndo}: <Inert text={of.inverse.wouldHappen} />
          </p>
          <details>
            <summary>{words.everyField}</summary>
            <div className={style.all}>
              <Fields of={of.inverse.payload} />
            </div>
          </details>
          {minutes === 0 && <p className={style.note}>{words.noWindow}</p>}
        </>
      ) : (
        <p className={style.note}>{words.noBack}</p>
      )}
    </Section>
  );
}
