import { type Messages, useLanguage } from "~/i18n";
import { Inert } from "./inert";
import style from "./status.module.css";

type Name = keyof Messages["common"]["status"];

/** What is coloured: an end that is good, one that is not, one that is in doubt. All else is ink. */
const TONE: Partial<Record<Name, "good" | "bad" | "doubt">> = {
  EXECUTED: "good",
  FAILED: "bad",
  DENIED: "bad",
  REJECTED: "bad",
  UNKNOWN: "doubt",
  SIMULATED: "doubt",
  EXPIRED: "doubt",
  HELD: "doubt",
};

/** Where an action is in its life, in words. */
export function Status({ of }: { of: string }) {
  const { t } = useLanguage();
  const known = Object.hasOwn(t.common.status, of) ? (of as Name) : undefined;
  const tone = known && TONE[known];
  return (
    <span className={`${style.status} ${tone ? style[tone] : ""}`}>
      {known ? t.common.status[known] : <Inert text={of} most={40} brief />}
    </span>
  );
}
