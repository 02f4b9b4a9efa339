import { expect, test } from "vitest";
import { filterOf, type InboxSearch, inboxSearch, narrowing, same } from "./search";

test.each([
  ["what is known is kept", { tier: "HIGH", mine: true, min: 1000.01, sort: "-amount" }],
  ["grouping is named only where it is off", { grouped: false }],
] as [string, InboxSearch][])("%s", (_, search) => {
  expect(inboxSearch({ ...search })).toEqual(search);
});

test.each([
  ["a tier that there is not", { tier: "HUGE" }],
  ["an order that there is not", { sort: "name" }],
  ["an amount that is none", { min: "a lot", max: -1 }],
  ["a search for nothing", { q: "  " }],
  ["what nobody knows", { drop: "table" }],
  ["mine as a word", { mine: "yes" }],
])("%s is left out of an address", (_, raw) => {
  expect(inboxSearch(raw)).toEqual({});
});

test("a number that somebody searches for is a text", () => {
  expect(inboxSearch({ q: 42 })).toEqual({ q: "42" });
});

test("hours become a moment, whole amounts become decimals, and how it is shown is not asked for", () => {
  const now = Date.parse("2026-11-20T10:00:30Z");
  expect(filterOf({ due: 4, min: 1000, grouped: false, q: "mug" }, now)).toEqual({
    q: "mug",
    amountMin: "1000.00",
    deadlineBefore: "2026-11-20T14:01:00.000Z",
    limit: 200,
  });
});

test("only what narrows counts as a filter", () => {
  expect(narrowing({ q: "mug", sort: "amount", grouped: false, mine: true })).toEqual(["mine"]);
});

test("two addresses that ask for the same are the same, in whatever order", () => {
  expect(same({ mine: true, due: 4 }, { due: 4, mine: true })).toBe(true);
  expect(same({ mine: true, grouped: false }, { mine: true })).toBe(true);
  expect(same({ mine: true }, {})).toBe(false);
});
