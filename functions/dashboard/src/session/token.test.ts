import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { account, onPhase, phase, refuse, setToken, token, until } from "./token";

const NOON = Date.UTC(2026, 10, 20, 12);

/** A token as the page reads it: its middle part. */
function tokenWith(claims: object): string {
  const text = btoa(JSON.stringify(claims)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `header.${text}.signature`;
}

const forMinutes = (minutes: number, sub = "olivia") => tokenWith({ sub, exp: NOON / 1000 + minutes * 60 });

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});

afterEach(() => {
  setToken(undefined);
  vi.useRealTimers();
});

test("a session goes from in to soon to ended, and out only when one signs out", () => {
  expect(phase()).toBe("out");
  setToken(forMinutes(30));
  expect([phase(), account(), until()]).toEqual(["in", "olivia", NOON + 30 * 60_000]);
  vi.setSystemTime(NOON + 20 * 60_000);
  expect(phase()).toBe("soon");
  vi.setSystemTime(NOON + 30 * 60_000);
  expect(phase()).toBe("ended");
  expect(token()).toBeDefined();
  setToken(undefined);
  expect(phase()).toBe("out");
});

test("a token that the API refuses has ended, and another one has not", () => {
  const first = forMinutes(30);
  setToken(first);
  refuse("another");
  refuse(undefined);
  expect(phase()).toBe("in");
  refuse(first);
  expect(phase()).toBe("ended");
  setToken(forMinutes(31));
  expect(phase()).toBe("in");
  refuse(first);
  expect(phase()).toBe("in");
});

test("whoever listens hears of the end without anything happening", () => {
  const heard: string[] = [];
  setToken(forMinutes(11));
  const stop = onPhase(() => heard.push(phase()));
  vi.advanceTimersByTime(12 * 60_000);
  expect(new Set(heard)).toEqual(new Set(["in", "soon", "ended"]));
  stop();
  const before = heard.length;
  vi.advanceTimersByTime(60_000);
  expect(heard.length).toBe(before);
});

test("what is no token says nothing, and is for the API to refuse", () => {
  for (const odd of [
    "",
    "abc",
    "a.b.c",
    "a.e30.c",
    `a.${btoa("null")}.c`,
    tokenWith({ sub: 5, exp: "soon" }),
  ]) {
    setToken(odd);
    expect([phase(), account(), until()]).toEqual(["in", undefined, undefined]);
  }
});
