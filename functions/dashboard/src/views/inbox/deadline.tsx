import { useLanguage } from "~/i18n";
import { useNow } from "~/ui/time";
import style from "./row.module.css";
import { useWords } from "./words";

const HOUR = 3_600_000;

/** How long is left, by the page's one clock; the nearer the more it says so. */
export function Deadline({ at }: { at: string }) {
  const { span, moment } = useLanguage();
  const t = useWords();
  const left = Date.parse(at) - useNow();
  const near = left < HOUR ? "now" : left < 4 * HOUR ? "soon" : undefined;
  return (
    <time className={style.deadline} dateTime={at} title={moment(at)} data-near={near}>
      {left <= 0 ? t.over : t.left(span(left))}
    </time>
  );
}
