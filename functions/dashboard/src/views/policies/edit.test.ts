import { expect, test } from "vitest";
import { edited, typed, written } from "./edit";

const text = [
  "budget_adjust := {",
  '\t"low_under_cents": 10000,',
  "}",
  'one := {"up_to_per_day": 20}',
  "plain := 7",
].join("\n");
const threshold = (path: string, line: number, value: number) => ({
  path,
  line,
  value,
  group: "",
  meaning: "",
});
const thresholds = [
  threshold("budget_adjust.low_under_cents", 2, 10000),
  threshold("one.up_to_per_day", 4, 20),
  threshold("plain", 5, 7),
];

test("only the digits of the edited lines change", () => {
  const next = edited(text, thresholds, {
    "budget_adjust.low_under_cents": 20000,
    "one.up_to_per_day": 5,
    plain: 8,
  });
  expect(next?.split("\n")).toEqual([
    "budget_adjust := {",
    '\t"low_under_cents": 20000,',
    "}",
    'one := {"up_to_per_day": 5}',
    "plain := 8",
  ]);
});

test("a file that is another one by now is not written over", () => {
  expect(
    edited(text.replace("10000", "15000"), thresholds, { "budget_adjust.low_under_cents": 1 }),
  ).toBeUndefined();
});

test.each([
  ["100", "cents", 10000],
  ["100.00", "cents", 10000],
  ["99,95", "cents", 9995],
  ["1.000", "cents", undefined],
  ["1,5", "percent", undefined],
  ["20", "percent", 20],
  ["-1", "percent", undefined],
  ["", "cents", undefined],
])("%s as %s is %s", (value, unit, number) => {
  expect(typed(value, unit)).toBe(number);
});

test("what is written reads as what it was", () => {
  for (const value of [0, 5, 95, 100, 123456]) expect(typed(written(value, "cents"), "cents")).toBe(value);
});
