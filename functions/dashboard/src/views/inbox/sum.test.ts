import { expect, test } from "vitest";
import { sums } from "./sum";

const eur = (amount: string) => ({ amount, currency: "EUR" });

test.each([
  ["cents that floats get wrong", ["0.10", "0.20"], "0.30"],
  ["more digits than a float has", ["90071992547409.93", "0.01"], "90071992547409.94"],
  ["different places", ["1", "0.005"], "1.005"],
  ["below zero", ["-1.50", "1.00"], "-0.50"],
])("%s", (_, amounts, sum) => {
  expect(sums(amounts.map(eur))).toEqual([eur(sum)]);
});

test("each currency has its own sum, and what has no amount adds nothing", () => {
  expect(sums([eur("1.00"), null, { amount: "2.00", currency: "USD" }, undefined])).toEqual([
    eur("1.00"),
    { amount: "2.00", currency: "USD" },
  ]);
});
