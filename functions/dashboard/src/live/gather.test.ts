import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gathering } from "./gather";

const ANSWER_MS = 1000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A query that is watched and whose answers, 1, 2 …, take a second each. */
function slow(client: QueryClient): () => void {
  let asked = 0;
  const queryFn = () => {
    asked += 1;
    const answer = asked;
    return new Promise<number>((resolve) => setTimeout(() => resolve(answer), ANSWER_MS));
  };
  return new QueryObserver(client, { queryKey: ["orders", "SHIPPED"], queryFn }).subscribe(() => {});
}

test("an answer that takes longer than events stay away comes all the same, and is read once more", async () => {
  const client = new QueryClient();
  const stop = slow(client);
  const refresh = gathering(client);
  const told = () => client.getQueryData(["orders", "SHIPPED"]);
  for (let events = 0; events < 4; events += 1) {
    refresh(["orders"]);
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(told()).toBe(1);
  await vi.advanceTimersByTimeAsync(2 * ANSWER_MS);
  expect(told()).toBe(2);
  await vi.advanceTimersByTimeAsync(10 * ANSWER_MS);
  expect(told()).toBe(2);
  stop();
});
