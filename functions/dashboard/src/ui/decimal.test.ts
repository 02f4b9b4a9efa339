// @vitest-environment node
import { expect, test } from "vitest";
import { cents, changePercent, isDecimal, minus, percentOf, same, scaled } from "./decimal";

test("what a float would lose is kept", () => {
  expect(minus("0.3", "0.1")).toBe("0.2");
  expect(minus("999999999999999.99", "0.01")).toBe("999999999999999.98");
  expect(minus("1", "1.005")).toBe("-0.005");
});

test.each(["", "1.", ".5", "1e3", "1,5", "+1", "NaN", " 1"])("`%s` is no decimal", (text) => {
  expect(isDecimal(text)).toBe(false);
  expect(minus(text, "1")).toBeUndefined();
});

test("a change is told in percent of what was", () => {
  expect(changePercent("20.00", "25")).toBe(25);
  expect(changePercent("29.95", "27.00")).toBe(-9.84);
  expect(changePercent("0", "5")).toBeUndefined();
  expect(percentOf("17.05", "29.95")).toBe(56.92);
});

test("numbers are the same however they are written", () => {
  expect(same("1.50", "1.5")).toBe(true);
  expect(same("1.50", "1.51")).toBe(false);
  expect(same("a", "a")).toBe(true);
});

test("cents become a decimal", () => {
  expect([0, 5, -1234, 100].map(cents)).toEqual(["0", "0.05", "-12.34", "1"]);
});

test("an amount grows with what it is for", () => {
  expect(scaled("100.00", "3", "7", 2)).toBe("42.86");
  expect(scaled("1000", "12", "10", 0)).toBe("1200");
  expect(scaled("10.00", "x", "7", 2)).toBeUndefined();
  expect(scaled("10.00", "1", "0", 2)).toBeUndefined();
});
