// @vitest-environment node
import { expect, test } from "vitest";
import { card as words } from "~/i18n/en/card";
import { TYPES } from "../specs";
import { type Editor, editors, fault } from "./editors";
import { changed, patch } from "./patch";
import { range, text } from "./range";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const price = { type: "price.change", from: eur("29.95"), to: eur("19.95"), cost: eur("12.90") };

type Payload = { type: string; [field: string]: unknown };

function edited(payload: Payload, edits: Record<string, string>) {
  return patch(payload, changed(payload, editors(payload.type, payload), edits));
}

function only(payload: Payload): Editor {
  const [first] = editors(payload.type, payload);
  if (!first) throw new Error("nothing can be changed");
  return first;
}

test("only what is another is sent, as deep as it is", () => {
  expect(edited(price, { to: "25.00" })).toEqual({ to: { amount: "25.00" } });
  expect(edited(price, { to: "19.950" })).toBeUndefined();
  expect(edited(price, {})).toBeUndefined();
});

test("what it acts on, and what was measured, cannot be another", () => {
  expect(editors(price.type, price).map((editor) => editor.path)).toEqual(["to"]);
  expect(edited(price, { from: "1.00", cost: "1.00", constructor: "x" })).toBeUndefined();
});

test("a list is sent whole", () => {
  const variants = [
    { sku: "a", price: eur("10.00"), cost: eur("5.00"), stock: 3 },
    { sku: "b", price: eur("11.00"), cost: eur("5.00"), stock: 4 },
  ];
  const publish = { type: "product.publish", listing: { title: "Mug", tags: ["x"], variants } };
  expect(edited(publish, { "listing.variants.1.price": "12.00", "listing.tags": "x\n y \n" })).toEqual({
    listing: { tags: ["x", "y"], variants: [variants[0], { ...variants[1], price: eur("12.00") }] },
  });
});

test.each([
  ["95.50", true],
  ["95", true],
  ["95.505", false],
  ["-1", false],
  ["1e3", false],
  ["95,50", false],
  ["", false],
])("an amount `%s` can be sent: %s", (value, can) => {
  expect(fault(value, only(price), words) === undefined).toBe(can);
});

test("yen have no cents", () => {
  const pay = { type: "expense.pay", payee: "a", bill: "1", amount: { amount: "9500", currency: "JPY" } };
  expect(fault("95.5", only(pay), words)).toBe(words.notMoney(0));
  expect(text(9510.4, only(pay))).toBe("9510");
});

test("a slider goes in round steps to twice what is there, and writes amounts that can be sent", () => {
  const span = range(only(price));
  expect(span).toEqual({ least: 0, most: 60, step: 0.5 });
  expect(fault(text(29.5, only(price)), only(price), words)).toBeUndefined();
  expect(range(only({ type: "support.reply", body: "Dear" }))).toBeUndefined();
});

test("every type of action is known", () => {
  expect(TYPES).toHaveLength(35);
  for (const type of TYPES) expect(words.type).toHaveProperty([type]);
});
