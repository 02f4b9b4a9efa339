import { expect, test } from "vitest";
import { ACCEPTED } from "../checks/accepted.ts";
import { Nag } from "../checks/nag.ts";
import { EVERYTHING, made } from "./synth.ts";

const nag = new Nag();
/** Several ways of deploying, so that everything that a switch adds is seen. */
const ways = { "without a switch": {}, "with every switch": EVERYTHING };

test.each(Object.entries(ways))("cdk-nag finds nothing that is not accepted %s", (_way, context) => {
  const { violations } = nag.look(made(context));
  const found = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
  expect(found).toEqual([]);
});

test("nothing is accepted that is not found", () => {
  const unused = ACCEPTED.filter((entry) => !nag.used.has(entry)).map(({ rule, at }) => `${rule} at ${at}`);
  expect(unused).toEqual([]);
});

test("every reason is a sentence, and none is given twice", () => {
  const reasons = ACCEPTED.map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason.length < 40)).toEqual([]);
  expect(new Set(reasons).size).toBe(reasons.length);
});
