import { useLanguage } from "~/i18n";
import type { Amount as Money } from "~/i18n/formats";
import { isDecimal } from "./decimal";
import { Inert } from "./inert";

const CODE = /^[A-Z]{3}$/;

/** Whether something is an amount of money as the API writes it. */
export function isAmount(of: unknown): of is Money {
  if (typeof of !== "object" || of === null || Object.keys(of).length !== 2) return false;
  const { amount, currency } = of as Partial<Record<string, unknown>>;
  return (
    typeof amount === "string" && typeof currency === "string" && isDecimal(amount) && CODE.test(currency)
  );
}

/** An amount, every digit of it; what is none is shown as the text that it is. */
export function Amount({ of }: { of: unknown }) {
  const { money } = useLanguage();
  return isAmount(of) ? (
    <data value={of.amount}>{money(of)}</data>
  ) : (
    <Inert text={JSON.stringify(of) ?? ""} />
  );
}
