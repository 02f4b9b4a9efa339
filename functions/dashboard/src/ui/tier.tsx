import { type Messages, useLanguage } from "~/i18n";
import { Inert } from "./inert";
import style from "./tier.module.css";

export type TierName = keyof Messages["common"]["tier"];

/** A tier: its colour, its shape, its word. One that the page does not know is shown as it is. */
export function Tier({ of }: { of: string }) {
  const { t } = useLanguage();
  const known = Object.hasOwn(t.common.tier, of) ? (of as TierName) : undefined;
  return (
    <span className={`${style.tier} ${known ? style[known] : ""}`} title={known && t.common.tierMeans[known]}>
      {known ? t.common.tier[known] : <Inert text={of} most={40} brief />}
    </span>
  );
}
