import { expect, test } from "vitest";
import { parts, spent } from "./parts";

const eur = (amount: string) => ({ amount, currency: "EUR" });

test("what is held back is not shown as spent", () => {
  const window = { window: "day", used: eur("100.10"), reserved: eur("25.00"), limit: eur("400.00") };
  expect(spent(window)).toBe("75.1");
  expect(parts(window)).toEqual([
    { kind: "used", percent: 18.77 },
    { kind: "reserved", percent: 6.25 },
  ]);
});

test("where it is not known what is held back, all of it counts as used", () => {
  expect(spent({ window: "day", used: eur("12.00") })).toBe("12.00");
});

test.each([undefined, eur("0.00")])("without a limit (%o) there is nothing to draw", (limit) => {
  const window = { window: "day", used: eur("12.00"), ...(limit ? { limit } : {}) };
  expect(parts(window).map(({ percent }) => percent)).toEqual([0, 0]);
});
