import { afterEach, expect, test } from "vitest";
import { here, keepPending, takePending } from "./pending";

const asked = { state: "s", nonce: "n", verifier: "v", back: "/inbox/1" };

afterEach(() => sessionStorage.clear());

test("an answer belongs to the question with its state, once", () => {
  keepPending(asked);
  expect(takePending("other")).toBeUndefined();
  expect(takePending(null)).toBeUndefined();
  expect(takePending("s")).toEqual(asked);
  expect(takePending("s")).toBeUndefined();
});

test("what was not written by this page is nothing", () => {
  for (const odd of [
    "",
    "null",
    "5",
    "{",
    '{"state":"s"}',
    '{"state":"","nonce":"n","verifier":"v","back":"/"}',
  ]) {
    sessionStorage.setItem("royal.sign-in", odd);
    expect(takePending("s")).toBeUndefined();
  }
});

test("one goes on where one was, and never to another site", () => {
  const at = (pathname: string, search = "", hash = "") => here({ pathname, search, hash });
  expect(at("/inbox/1", "?tier=HIGH", "#why")).toBe("/inbox/1?tier=HIGH#why");
  expect(at("/")).toBe("/");
  expect(at("//evil.example/inbox")).toBe("/evil.example/inbox");
  expect(at("/\\evil.example")).toBe("/evil.example");
  expect(at("/signed-in", "?code=x")).toBe("/");
});
