import { type RefObject, useId } from "react";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Status } from "~/ui/status";
import { Tier } from "~/ui/tier";
import { useNow } from "~/ui/time";
import { Word } from "~/ui/word";
import style from "./card.module.css";
import { type Detail, isOpen } from "./detail";
import { useWords } from "./words";

/** What it is, how grave, how soon. */
export function Head({ of, heading }: { of: Detail; heading: RefObject<HTMLHeadingElement | null> }) {
  const words = useWords();
  return (
    <header className={style.head}>
      <div className={style.tags}>
        {of.tier && <Tier of={of.tier} />}
        <Status of={of.status} />
        {isOpen(of) && <Countdown to={of.approval?.deadline} />}
        {isOpen(of) && of.priority !== "MEDIUM" && (
          <strong className={style.soon}>{words.priority[of.priority]}</strong>
        )}
        <span>
          <Word of={of.actionType} among={words.type} /> · <Inert text={of.agent.name} most={120} />
        </span>
        {of.earlier && <span>{words.attempt(of.earlier.attempt + 1)}</span>}
      </div>
      <h2 ref={heading} tabIndex={-1}>
        <Inert text={of.willHappen} most={300} />
      </h2>
    </header>
  );
}

const NEAR_MS = 4 * 3_600_000;

function Countdown({ to }: { to: string | undefined }) {
  const { span, moment } = useLanguage();
  const words = useWords();
  const described = useId();
  const now = useNow();
  if (to === undefined) return null;
  const left = Date.parse(to) - now;
  return (
    <time dateTime={to} title={moment(to)} id={described} className={left < NEAR_MS ? style.soon : undefined}>
      {left > 0 ? words.due(span(left)) : words.overdue}
    </time>
  );
}
