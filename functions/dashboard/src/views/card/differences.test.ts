// @vitest-environment node
import { expect, test } from "vitest";
import { differences, matters } from "./differences";
import { detail } from "./test/detail";

const pay = (amount: string) => ({ type: "expense.pay", payee: "Acme", amount: { amount, currency: "EUR" } });
const shown = detail("text", pay("95.00"));

test("another amount, premise, tier or quorum is told with what it was", () => {
  const now = {
    ...detail("text", pay("950.00")),
    tier: "CEO",
    premises: [{ source: "product:1", field: "cost", mustBe: "EUR 2" }],
    approval: { ...shown.approval, quorum: 1 } as NonNullable<typeof shown.approval>,
  };
  expect(differences(shown, now)).toEqual([
    { part: "tier", before: "HIGH", after: "CEO" },
    { part: "quorum", before: "2", after: "1" },
    { part: "premise", name: "text text", before: "text", after: undefined },
    { part: "premise", name: "text text2", before: "text", after: undefined },
    { part: "field", name: "amount.amount", before: "95.00", after: "950.00" },
    { part: "premise", name: "product:1 cost", before: undefined, after: "EUR 2" },
  ]);
});

test("a vote, a comment, or a fact that was read again is not another request", () => {
  const votes = { ...shown.approval, agreed: 2, votes: [] } as NonNullable<typeof shown.approval>;
  const premises = shown.premises.map((premise) => ({ ...premise, found: "else", holds: true }));
  expect(matters(shown, { ...shown, approval: votes, comments: [], premises })).toBe(false);
});

test("another digest matters even where nothing else can be told apart", () => {
  expect(matters(shown, { ...shown, digest: "0".repeat(64) })).toBe(true);
});
