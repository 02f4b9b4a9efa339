import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bill, budget, post } from "./harness/actions.ts";
import { launch, look, signedIn } from "./harness/browser.ts";
import { System } from "./harness/system.ts";

const COUNT = 100;
/** Every so many are refused instead of agreed to. */
const REFUSED = 10;

let system: System;
let browser: Browser;
let operations: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launch()]);
  operations = await system.token("operations");
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** Bills, budgets and texts of many sizes: a hundred requests that differ. */
function mixed(nth: number): object {
  if (nth % 3 === 0) return budget(100, 1200 + nth, `c${nth}`);
  if (nth % 3 === 1) return bill(1100 + nth, nth);
  return post(`p${nth}`, `A text about nothing much, number ${nth}`);
}

test("a hundred mixed requests are cleared with the keyboard", { timeout: 400_000 }, async () => {
  for (let nth = 0; nth < COUNT; nth += 1) await system.propose(operations, mixed(nth));
  const waiting = await pending();
  expect(waiting).toBe(COUNT);
  const { page, faults } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/inbox?grouped=false`);
  await page.getByRole("button", { name: /^Next/ }).waitFor();
  let strokes = 0;
  const press = async (key: string) => {
    strokes += 1;
    await page.keyboard.press(key);
  };
  const started = Date.now();
  await press("j");
  await press("o");
  for (let nth = 0; nth < COUNT; nth += 1) {
    await look(page);
    const at = new URL(page.url()).pathname;
    if (nth % REFUSED === REFUSED - 1) {
      await press("x");
      const reason = page.getByRole("dialog").getByRole("textbox");
      await reason.waitFor();
      await page.keyboard.type("Not now.");
      strokes += "Not now.".length;
      await press("Control+Enter");
    } else {
      await press("a");
    }
    if (nth < COUNT - 1) await expect.poll(() => new URL(page.url()).pathname, { timeout: 10_000, message: `request ${nth}` }).not.toBe(at);
  }
  await expect.poll(pending, { timeout: 20_000 }).toBe(0);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${COUNT} mixed requests, ${COUNT / REFUSED} of them refused with a reason: ${strokes} keystrokes, ${seconds} s by a machine`);
  expect(strokes).toBeLessThanOrEqual(3 * COUNT);
  expect(faults).toEqual([]);
});

async function pending(): Promise<number> {
  const page = await system.call<{ items: unknown[] }>(operations, "GET", "approvals?limit=200");
  return page.items.length;
}
