import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setToken } from "~/session/token";
import { forgetOld, useDraft } from "./drafts";

const bearer = (sub: string) => `.${btoa(JSON.stringify({ sub }))}.`;
const draft = (id = "1") => renderHook(() => useDraft(id, "reject", "")).result;

function written() {
  const result = draft();
  act(() => result.current[1]("not now"));
  return result;
}

beforeEach(() => {
  localStorage.clear();
  setToken(bearer("bob"));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("what was written is there again, for this request and this person only", () => {
  written();
  expect(draft().current[0]).toBe("not now");
  expect(draft("2").current[0]).toBe("");
  setToken(bearer("ann"));
  expect(draft().current[0]).toBe("");
});

test("what was sent is kept no longer", () => {
  const result = written();
  act(() => result.current[2]());
  expect(draft().current[0]).toBe("");
});

test("what nobody came back to is forgotten, and nothing else", () => {
  vi.useFakeTimers();
  written();
  localStorage.setItem("royal.draft.policy", "theirs");
  vi.setSystemTime(Date.now() + 15 * 86_400_000);
  forgetOld();
  expect(Object.keys(localStorage)).toEqual(["royal.draft.policy"]);
});

test("what cannot be read is not there", () => {
  written();
  for (const key of Object.keys(localStorage)) localStorage.setItem(key, "{");
  expect(draft().current[0]).toBe("");
});
