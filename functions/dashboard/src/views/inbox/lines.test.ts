import { expect, test } from "vitest";
import { card, group } from "./fixtures";
import { assembled, type Line, lines, type Since } from "./lines";

const none: Since = { gone: new Set(), came: new Map() };
const hour = (at: number) => `2026-11-20T${String(at).padStart(2, "0")}:00:00Z`;
const keys = (of: readonly Line[]) => of.map(({ key }) => key.split(":")[0]);
const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id).join("");

test("pages that overlap show each request once", () => {
  const pages = [{ items: [card("a"), card("b")] }, { items: [card("b"), card("c")] }];
  expect(ids(assembled(pages, none, undefined, true))).toBe("abc");
});

test("what was decided since is gone, also from a page that is read later", () => {
  const since = { ...none, gone: new Set(["b"]) };
  expect(ids(assembled([{ items: [card("a"), card("b")] }], since, undefined, true))).toBe("a");
});

test.each([
  [undefined, "anb"],
  ["deadline", "anb"],
  ["-deadline", "bna"],
  ["amount", "anb"],
  ["-amount", "bna"],
] as const)("a new request takes its place when the order is %s", (sort, expected) => {
  const of = (id: string, at: number) =>
    card(id, { deadline: hour(at), amount: { amount: String(at), currency: "EUR" } });
  const [a, b] = [of("a", 9), of("b", 11)];
  const items = sort?.startsWith("-") ? [b, a] : [a, b];
  const came = new Map([["n", of("n", 10)]]);
  expect(ids(assembled([{ items }], { ...none, came }, sort, true))).toBe(expected);
});

test("what belongs behind the pages that were read waits for its own page", () => {
  const came = new Map([["n", card("n", { deadline: hour(12) })]]);
  const pages = [{ items: [card("a", { deadline: hour(9) })] }];
  expect(ids(assembled(pages, { ...none, came }, undefined, false))).toBe("a");
  expect(ids(assembled(pages, { ...none, came }, undefined, true))).toBe("an");
});

test("a request that was read again replaces what its page said", () => {
  const came = new Map([["a", card("a", { agreed: 1 })]]);
  expect(assembled([{ items: [card("a")] }], { ...none, came }, undefined, true)[0]?.agreed).toBe(1);
});

test("similar requests are one line where the first of them stands, and unfold below it", () => {
  const cards = ["a", "b", "c", "d"].map((id) => card(id));
  const groups = [group(["b", "d"])];
  const folded = lines(cards, groups, new Set(), new Set());
  expect(keys(folded)).toEqual(["a", "group", "c"]);
  const key = folded[1]?.key ?? "";
  expect(keys(lines(cards, groups, new Set(), new Set([key])))).toEqual(["a", "group", "b", "d", "c"]);
});

test("a group says the sum of exactly the members that it shows", () => {
  const one = card("a", { amount: { amount: "10.50", currency: "EUR" } });
  const [line] = lines([one], [group(["a", "b", "c"])], new Set(["c"]), new Set());
  expect(line).toMatchObject({ sums: [{ amount: "21.00", currency: "EUR" }] });
});

test("of a group only one is left: it stands alone", () => {
  expect(keys(lines([card("a")], [group(["a", "b"])], new Set(["b"]), new Set()))).toEqual(["a"]);
});

test("a group keeps its name when its figures change, so that it stays unfolded", () => {
  const name = (reason: string) =>
    lines([card("a")], [group(["a", "b"], { reasons: [reason] })], new Set(), new Set())[0]?.key;
  expect(name("EUR 120.00 is over 100")).toBe(name("EUR 7.10 is over 100"));
});

test("a request that stays the same keeps its line", () => {
  const one = card("a");
  expect(lines([one], [], new Set(), new Set())[0]).toBe(
    lines([one, card("b")], [], new Set(), new Set())[0],
  );
});
