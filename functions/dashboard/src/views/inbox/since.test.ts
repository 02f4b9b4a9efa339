import { renderHook } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { card } from "./fixtures";
import { came, forget, LINGER_MS, mark, readAnew, sweep, useSince, went } from "./since";

const now = 1_000_000;
const read = () => renderHook(() => useSince()).result.current;

afterEach(forget);

test("what was decided stays for a moment with who it was, then goes", () => {
  mark("a", { status: "GRANTED", by: [], at: now });
  mark("a", { status: "GRANTED", by: ["otto"], at: now + 300 });
  expect(read().marks.get("a")).toEqual({ status: "GRANTED", by: ["otto"], at: now });
  sweep(undefined, now + LINGER_MS);
  expect([read().marks.size, read().gone.has("a")]).toEqual([0, true]);
});

test("the row that somebody is at stays until they go on", () => {
  mark("a", { status: "REJECTED", by: ["otto"], at: now });
  sweep("a", now + 10 * LINGER_MS);
  expect(read().marks.has("a")).toBe(true);
  sweep("b", now + 10 * LINGER_MS);
  expect(read().marks.has("a")).toBe(false);
});

test("what comes back to people is shown again", () => {
  went(["a"], now);
  came([{ card: card("a"), mine: true }], now);
  expect(read().gone.has("a")).toBe(false);
});

test("pages that were read anew know better than what happened before", () => {
  went(["old"], now);
  went(["new"], now + 10);
  readAnew(now + 5);
  expect([...read().gone.keys()]).toEqual(["new"]);
});
