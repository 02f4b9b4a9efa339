import type { Schema } from "~/api/client";
import type { Part } from "~/ui/bar";
import { minus, percentOf } from "~/ui/decimal";

type Window = Schema<"BudgetWindow">;

/** What of the use is spent already: the rest is held back for what was not executed yet. */
export function spent({ used, reserved }: Window): string {
  return (reserved && minus(used.amount, reserved.amount)) ?? used.amount;
}

/** What is spent and what is held back, of the limit; where nothing limits it there is nothing to draw. */
export function parts(window: Window): Part[] {
  const whole = window.limit?.amount ?? "0";
  return [
    { kind: "used", percent: percentOf(spent(window), whole) ?? 0 },
    { kind: "reserved", percent: percentOf(window.reserved?.amount ?? "0", whole) ?? 0 },
  ];
}
