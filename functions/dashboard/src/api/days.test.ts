import { expect, test } from "vitest";
import { type Day, today } from "./days";

const none = { judged: {}, ended: {}, alone: 0, byPeople: 0, undone: 0, tasksDone: 0, tasksFailed: 0 };
const day = (date: string): Day => ({ date, sealed: false, complete: true, all: none, clusters: {} });

test("today is the day in UTC, and yesterday's figures are never shown as today's", () => {
  const night = Date.parse("2026-11-20T23:59:59Z");
  expect(today([day("2026-11-20"), day("2026-11-19")], night)?.date).toBe("2026-11-20");
  expect(today([day("2026-11-20")], night + 1_000)).toBeUndefined();
});
