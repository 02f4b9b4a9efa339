import type { Schema } from "~/api/client";
import type { Amount } from "~/i18n/formats";

/** What the pages of a backtest come to. */
export type Sum = Pick<
  Schema<"BacktestResult">,
  | "compared"
  | "unchanged"
  | "stricter"
  | "looser"
  | "withoutFacts"
  | "newlyUnattended"
  | "newlyAttended"
  | "affected"
>;

/** Decisions that are named. */
const NAMED = 100;

/** One page more. */
export function add(sum: Sum | undefined, page: Sum): Sum {
  if (sum === undefined) return page;
  return {
    compared: sum.compared + page.compared,
    unchanged: sum.unchanged + page.unchanged,
    stricter: sum.stricter + page.stricter,
    looser: sum.looser + page.looser,
    withoutFacts: sum.withoutFacts + page.withoutFacts,
    newlyUnattended: plus(sum.newlyUnattended, page.newlyUnattended),
    newlyAttended: plus(sum.newlyAttended, page.newlyAttended),
    affected: [...sum.affected, ...page.affected].slice(0, NAMED),
  };
}

/** Money is added in whole hundredths, exactly. */
function plus(a: Amount, b: Amount): Amount {
  const cents = hundredths(a.amount) + hundredths(b.amount);
  const text = String(cents).padStart(3, "0");
  return { amount: `${text.slice(0, -2)}.${text.slice(-2)}`, currency: a.currency };
}

function hundredths(amount: string): bigint {
  const [whole = "0", part = ""] = amount.split(".");
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
}
