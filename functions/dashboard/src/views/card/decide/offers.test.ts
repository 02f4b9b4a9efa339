import { expect, test } from "vitest";
import type { Me } from "~/session/me";
import type { Detail } from "../detail";
import { detail } from "../test/detail";
import { offers } from "./offers";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const VERBS = [
  "approvals.decide",
  "approvals.delegate",
  "approvals.modify",
  "actions.withdraw",
  "actions.undo",
];

function me(account: string, role: Me["roles"][number], may = VERBS): Me {
  const rest = { topics: [], machine: false, sandbox: true, until: "2099-01-01T00:00:00Z" };
  return { account, person: account, roles: [role], may, ...rest };
}

const asked: Detail = {
  ...detail("text", { type: "expense.pay", payee: "Acme", amount: { amount: "9", currency: "EUR" } }),
  authors: ["ann"],
  you: { mayDecide: true, mayModify: true, role: "finance" },
};
const names = (of: Detail, who: Me | undefined) =>
  Object.entries(offers(of, who, NOW))
    .filter(([, offer]) => offer !== false && offer !== undefined)
    .map(([name]) => name);

test("who may decide is offered to decide, and an author to take it back", () => {
  expect(names(asked, me("bob", "finance"))).toEqual(["approve", "reject", "modify", "delegate"]);
  const own = { ...asked, you: { mayDecide: false, mayModify: true, because: "own" } };
  expect(names(own, me("ann", "support"))).toEqual(["modify", "withdraw"]);
});

test("what the API does not allow is not offered, whatever the role", () => {
  const not = { ...asked, you: { mayDecide: false, mayModify: false } };
  expect(names(not, me("anna", "auditor", []))).toEqual([]);
  expect(names(not, undefined)).toEqual([]);
});

test("who has agreed is not asked again, and can still refuse", () => {
  const votes = [{ person: "bob", role: "finance", agrees: true, at: asked.createdAt }];
  const voted = { ...asked, approval: { ...asked.approval, votes } as NonNullable<Detail["approval"]> };
  expect(names(voted, me("bob", "finance"))).toEqual(["reject", "modify", "delegate", "agreed"]);
});

test("what is stopped can be refused, and not agreed to", () => {
  const held = { ...asked, status: "HELD", heldFrom: "PENDING" };
  expect(names(held, me("bob", "finance"))).toEqual(["reject"]);
});

test("what was executed can be undone until its time is over", () => {
  const done = { ...asked, status: "EXECUTED", undoUntil: "2026-11-20T12:00:05Z" };
  expect(offers(done, me("bob", "finance"), NOW).undo).toBe(5_000);
  expect(names(done, me("bob", "finance", []))).toEqual([]);
  expect(offers(done, me("bob", "finance"), NOW + 5_000).undo).toBeUndefined();
});

test("a type that has nothing to change is not offered to be changed", () => {
  const market = { ...asked, actionType: "market.enter" };
  expect(offers(market, me("bob", "owner"), NOW).modify).toBe(false);
});
