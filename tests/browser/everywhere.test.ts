import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bill, budget, post } from "./harness/actions.ts";
import { launch, open, signedIn } from "./harness/browser.ts";
import { tooWide, unreached, violations } from "./harness/faults.ts";
import { System } from "./harness/system.ts";
import { VIEWS } from "./harness/views.ts";

const SCREENS = fileURLToPath(new URL("screens/", import.meta.url));

let system: System;
let browser: Browser;
let card: string;
let action: string;
beforeAll(async () => {
  await mkdir(SCREENS, { recursive: true });
  [system, browser] = await Promise.all([System.start([]), launch()]);
  const token = await system.token("operations");
  const asked = await system.propose(token, bill(1500, 1), { title: "Rent", reasoning: "**Due** <b>today</b>." });
  await system.propose(token, budget(100, 2600, "spring"));
  await system.propose(token, post("a", "Our summer"));
  card = `/inbox/${asked.id}`;
  const owner = await system.token("owner");
  for (;;) {
    const done = await system.call<{ items: { id: string }[] }>(owner, "GET", "actions?status=EXECUTED&limit=1");
    if (done.items[0]) {
      action = `/actions/${done.items[0].id}`;
      break;
    }
  }
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const paths = () => [...VIEWS.map(([path]) => path), card, action, "/agents/product-scout"];

/** Goes there and waits until it has come. */
async function go(page: Page, path: string): Promise<void> {
  await page.goto(system.url + path);
  await page.locator("main :is(h1, h2):visible").first().waitFor();
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.waitForFunction(() => document.querySelector("main [role=status] + *, main [class*=bone]") === null).catch(() => {});
}

const looks = [
  { name: "light", dark: false },
  { name: "dark", dark: true },
] as const;

test.each(looks)("no view has a fault that axe knows ($name)", { timeout: 240_000 }, async ({ name, dark }) => {
  const { page, faults } = await signedIn(browser, system, "owner", "olivia", { dark });
  const found: string[] = [];
  for (const path of paths()) {
    await go(page, path);
    await page.screenshot({ path: `${SCREENS}${name}${path.replaceAll(/\W+/g, "-").slice(0, 30)}.png` });
    found.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
  }
  expect(found).toEqual([]);
  expect(faults).toEqual([]);
});

test("nobody signed in, no fault either", async () => {
  const { page } = await open(browser);
  await go(page, "/");
  expect(await violations(page)).toEqual([]);
});

test("the keyboard alone reaches everything, and one sees where it is", { timeout: 240_000 }, async () => {
  const { page } = await signedIn(browser, system, "owner", "olivia");
  for (const path of paths()) {
    await go(page, path);
    const missed = await unreached(page);
    expect(missed, path).toEqual([]);
  }
});

test("360 px are enough: nothing is wider than the window", { timeout: 240_000 }, async () => {
  const { page } = await signedIn(browser, system, "owner", "olivia", { width: 360, height: 740 });
  for (const path of paths()) {
    await go(page, path);
    await page.screenshot({ path: `${SCREENS}hand${path.replaceAll(/\W+/g, "-").slice(0, 30)}.png` });
    expect(await tooWide(page), path).toBeLessThanOrEqual(0);
  }
});

test("Dutch is Dutch everywhere", { timeout: 120_000 }, async () => {
  const { page, faults } = await signedIn(browser, system, "owner", "olivia", { locale: "nl-NL" });
  const texts: string[] = [];
  for (const path of paths()) {
    await go(page, path);
    texts.push(await page.locator("main h1, main h2, main button").first().innerText());
  }
  await go(page, card);
  await page.getByRole("button", { name: /^Akkoord/ }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("nl");
  expect(await page.locator("main").innerText()).toMatch(/€\s1\.500,00/);
  expect(faults).toEqual([]);
  expect(texts.join(" ")).not.toMatch(/\b(Overview|Policies|Budgets|Nothing)\b/);
});
