import { expect, test } from "vitest";
import type { ApprovalFilter } from "~/api/queries";
import { belongs } from "./entry";
import { card } from "./fixtures";

const one = card("a", { amount: { amount: "250.00", currency: "EUR" }, willHappen: "Pay Fjord Logistics" });

test.each([
  [{}, true],
  [{ cluster: "finance" }, true],
  [{ cluster: "product" }, false],
  [{ agent: "fulfillment" }, true],
  [{ type: "refund.issue" }, false],
  [{ tier: "HIGH", role: "finance" }, true],
  [{ role: "support" }, false],
  [{ amountMin: "250.00", amountMax: "250.00" }, true],
  [{ amountMin: "250.01" }, false],
  [{ deadlineBefore: "2026-11-20T10:00:00Z" }, false],
  [{ deadlineBefore: "2026-11-20T10:00:01Z" }, true],
  [{ q: "fjord" }, true],
  [{ q: "fjordling" }, false],
] as [ApprovalFilter, boolean][])("a new request and the filter %j: %s", (filter, expected) => {
  expect(belongs(one, true, filter)).toBe(expected);
});

test("what has no amount fits no bound of it", () => {
  expect(belongs(card("a"), true, { amountMax: "1000000.00" })).toBe(false);
});

test("what somebody may not decide is not theirs", () => {
  expect(belongs(one, false, { mine: true })).toBe(false);
});
