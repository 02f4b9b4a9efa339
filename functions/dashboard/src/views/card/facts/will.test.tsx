import { cleanup } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { card as words } from "~/i18n/en/card";
import { formats } from "~/i18n/formats";
import { isAmount } from "~/ui/amount";
import { at, specs, TYPES } from "../specs";
import { detail } from "../test/detail";
import { page } from "../test/page";
import { PAYLOADS } from "../test/payloads";
import { Will } from "./will";

afterEach(cleanup);

const { money, number } = formats("en");

/** What of a payload has to be read on the card: every value, amounts as money. */
function* said(of: unknown): Generator<string> {
  if (isAmount(of)) yield money(of);
  else if (typeof of === "number") yield number(of);
  else if (typeof of === "object" && of !== null) for (const inside of Object.values(of)) yield* said(inside);
  else yield String(of);
}

test.each(TYPES)("nothing of %s is hidden, and all of its fields have a name", async (type) => {
  const payload = PAYLOADS[type];
  const { container } = await page(<Will of={detail("text", payload)} />);
  const table = container.querySelector('[class*="all"]');
  const read = [...(table?.querySelectorAll("dd") ?? [])].map((value) => value.textContent).join("\n");
  for (const value of said(payload)) expect(read).toContain(value);
  for (const name of table?.querySelectorAll("dt") ?? [])
    expect(Object.values(words.field)).toContain(name.textContent);
});

test.each(TYPES)("what matters of %s stands before the table", async (type) => {
  const lead = specs(type).filter((spec) => spec.lead);
  expect(lead.length).toBeGreaterThan(0);
  for (const { path, was } of specs(type)) {
    expect(at(PAYLOADS[type], path)).toBeDefined();
    if (was !== undefined) expect(at(PAYLOADS[type], was)).toBeDefined();
  }
});

test("a change of a price is told in percent, and with the margin that is left", async () => {
  const { container } = await page(<Will of={detail("text", PAYLOADS["price.change"])} />);
  const change = container.querySelector("[data-change]")?.textContent;
  for (const part of ["€29.95", "€19.95", "-33.4%", "35.3%"]) expect(change).toContain(part);
});

test("a type that the page does not know is shown with all that it has", async () => {
  const payload = { type: "moon.buy", crater: { name: "Tycho" }, acres: 12 };
  const { container } = await page(<Will of={detail("text", payload)} />);
  for (const part of ["crater", "Tycho", "acres", "12", "moon.buy"])
    expect(container.textContent).toContain(part);
});
