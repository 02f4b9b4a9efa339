import { expect, test } from "vitest";
import { allows, type Statement } from "./evaluate.ts";

const TABLE = "arn:aws:dynamodb:eu-central-1:111111111111:table/t";
const keys = (...leading: string[]) => ({ "dynamodb:LeadingKeys": leading });
const allow = (more: Partial<Statement>): Statement => ({
  Effect: "Allow",
  Action: "dynamodb:PutItem",
  Resource: TABLE,
  ...more,
});
const like = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["TASK#*"] } };
const present = { Null: { "dynamodb:LeadingKeys": "false" } };

const put = (context: Record<string, readonly string[]>) => ({
  action: "dynamodb:PutItem",
  resource: TABLE,
  context,
});

test.each<[string, readonly Statement[], Record<string, readonly string[]>, boolean]>([
  ["nothing is allowed by nothing", [], {}, false],
  ["a plain grant", [allow({})], {}, true],
  ["an action in any case", [allow({ Action: "DynamoDB:putitem" })], {}, true],
  ["a wildcard of actions", [allow({ Action: ["dynamodb:Put*"] })], {}, true],
  ["another action", [allow({ Action: "dynamodb:GetItem" })], {}, false],
  ["a resource in another case", [allow({ Resource: TABLE.toUpperCase() })], {}, false],
  ["a wildcard of resources", [allow({ Resource: "arn:aws:dynamodb:*" })], {}, true],
  ["all but another action", [allow({ Action: undefined, NotAction: "dynamodb:Scan" })], {}, true],
  ["all but this action", [allow({ Action: undefined, NotAction: "dynamodb:*" })], {}, false],
  ["all but this resource", [allow({ Resource: undefined, NotResource: TABLE })], {}, false],
  ["a denial beside a grant", [allow({}), allow({ Effect: "Deny" })], {}, false],
  ["a key that is granted", [allow({ Condition: like })], keys("TASK#1"), true],
  ["a key that is not", [allow({ Condition: like })], keys("ACTION#1"), false],
  ["one of two keys that is not", [allow({ Condition: like })], keys("TASK#1", "ACTION#1"), false],
  ["the trap: no key at all is every key", [allow({ Condition: like })], {}, true],
  ["the trap closed", [allow({ Condition: { ...like, ...present } })], {}, false],
  ["the trap closed, with a key", [allow({ Condition: { ...like, ...present } })], keys("TASK#1"), true],
  ["any value, of none", [allow({ Condition: { "ForAnyValue:StringLike": { k: ["*"] } } })], {}, false],
  ["a key that is absent", [allow({ Condition: { StringEquals: { k: "v" } } })], {}, false],
  ["a key that may be absent", [allow({ Condition: { StringEqualsIfExists: { k: "v" } } })], {}, true],
  ["a key that differs", [allow({ Condition: { StringNotEquals: { k: "v" } } })], { k: ["w"] }, true],
  ["a key that does not", [allow({ Condition: { StringNotEquals: { k: "v" } } })], { k: ["v"] }, false],
])("%s", (_what, statements, context, expected) => {
  expect(allows(statements, put(context))).toBe(expected);
});

test("an operator that is not known is no guess", () => {
  const odd = allow({ Condition: { NumericLessThan: { k: "5" } } });
  expect(() => allows([odd], put({ k: ["4"] }))).toThrow("`NumericLessThan` is not known here");
});
