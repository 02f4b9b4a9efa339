import { expect, test } from "vitest";
import { type Agent, by, health, healths, success } from "./agents";

const agent = (over: Partial<Agent>): Agent => ({
  id: "product-scout",
  name: "product-scout",
  function: "product-scout",
  cluster: "product",
  about: "",
  status: "ACTIVE",
  runs: 0,
  succeeded: 0,
  failed: 0,
  ...over,
});

test.each([
  ["paused", { status: "PAUSED", lastOutcome: "succeeded" }],
  ["idle", {}],
  ["failing", { lastOutcome: "failed" }],
  ["healthy", { lastOutcome: "succeeded" }],
] as const)("%s is told by the stop first and then by the last run", (known, over) => {
  expect(health(agent(over))).toBe(known);
});

test("there is no rate before the first run that ended", () => {
  expect(success([agent({})])).toBeUndefined();
  expect(success([agent({ succeeded: 3 }), agent({ failed: 1 })])).toBe(75);
  expect(healths([agent({}), agent({ status: "PAUSED" })])).toEqual({
    healthy: 0,
    failing: 0,
    paused: 1,
    idle: 1,
  });
});

test("groups keep the order in which their names first come", () => {
  const found = by(["b1", "a1", "b2"], (name) => name.slice(0, 1));
  expect(found).toEqual([
    ["b", ["b1", "b2"]],
    ["a", ["a1"]],
  ]);
});
