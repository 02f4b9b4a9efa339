import { expect, test } from "vitest";
import { type Day, month, today } from "./days";

const none = { judged: {}, ended: {}, alone: 0, byPeople: 0, undone: 0, tasksDone: 0, tasksFailed: 0 };
const day = (date: string): Day => ({ date, sealed: false, complete: true, all: none, clusters: {} });

test("today is the day in UTC, and yesterday's figures are never shown as today's", () => {
  const night = Date.parse("2026-11-20T23:59:59Z");
  expect(today([day("2026-11-20"), day("2026-11-19")], night)?.date).toBe("2026-11-20");
  expect(today([day("2026-11-20")], night + 1_000)).toBeUndefined();
});

test("a month has every day once, and a day that is not known is not made up", () => {
  const found = month([day("2026-03-01"), day("2026-02-27")]);
  expect(found).toHaveLength(30);
  expect([found[0]?.date, found[29]?.date]).toEqual(["2026-01-31", "2026-03-01"]);
  expect(found.filter((one) => one.day).map((one) => one.date)).toEqual(["2026-02-27", "2026-03-01"]);
  expect(month([])).toEqual([]);
});
