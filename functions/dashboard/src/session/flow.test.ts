import { afterEach, expect, test, vi } from "vitest";
import { finish, handOver, leave } from "./flow";
import { setToken, token } from "./token";

const config = {
  sandbox: true,
  issuer: "http://127.0.0.1:4700",
  authorizationEndpoint: "http://127.0.0.1:4700/authorize",
  tokenEndpoint: "http://127.0.0.1:4700/token",
  clientId: "royal-api",
  live: "ws://127.0.0.1:4700/live",
};

afterEach(() => {
  window.name = "";
  sessionStorage.clear();
  vi.useRealTimers();
});

test("only a window that was opened to sign in hands its answer over, and only to who asked for it", async () => {
  const heard: unknown[] = [];
  const page = new BroadcastChannel("royal.sign-in");
  page.onmessage = ({ data }) => {
    heard.push(data);
    page.postMessage({ heard: new URLSearchParams(data).get("state") });
  };
  expect(await handOver("?code=c&state=s")).toBe(false);
  expect(heard).toEqual([]);
  window.name = "royal-sign-in";
  expect(await handOver("?code=c&state=s")).toBe(true);
  expect(heard).toEqual(["?code=c&state=s"]);
  page.close();
});

test("where nobody hears it, the window goes on by itself", async () => {
  vi.useFakeTimers();
  window.name = "royal-sign-in";
  const handed = handOver("?code=c&state=s");
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await handed).toBe(false);
});

test("an answer that nobody here asked for signs nobody in", async () => {
  expect(await finish(config, "?code=c&state=s")).toBeUndefined();
  expect(token()).toBeUndefined();
});

test("who signs out is out", () => {
  setToken("t");
  leave();
  expect(token()).toBeUndefined();
});
