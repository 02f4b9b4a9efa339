import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bill, budget, post } from "./harness/actions.ts";
import { launch, open, signedIn } from "./harness/browser.ts";
import { System } from "./harness/system.ts";
import { VIEWS } from "./harness/views.ts";

const SCREENS = fileURLToPath(new URL("screens/", import.meta.url));
/** Presses of Tab that reach everything in the longest view. */
const MOST_TABS = 400;

let system: System;
let browser: Browser;
let axe: string;
let card: string;
let action: string;
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
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

/** What axe finds. It is put in past the page's policy, as a debugger would. */
async function violations(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  await client.send("Runtime.evaluate", { expression: axe });
  const run = "axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))";
  const answer = await client.send("Runtime.evaluate", { expression: run, awaitPromise: true, returnByValue: true });
  await client.detach();
  const found = JSON.parse(answer.result.value) as AxeResults["violations"];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(" ")} ${node.html.slice(0, 160)}`));
}

test("the keyboard alone reaches everything, and one sees where it is", { timeout: 240_000 }, async () => {
  const { page } = await signedIn(browser, system, "owner", "olivia");
  for (const path of paths()) {
    await go(page, path);
    const missed = await unreached(page);
    expect(missed, path).toEqual([]);
  }
});

/** What can be pressed or filled in, and is not come by with Tab; and what has the focus without showing it. */
async function unreached(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    window.scrollTo(0, 0);
  });
  const faults: string[] = [];
  for (let press = 0; press < MOST_TABS; press += 1) {
    await page.keyboard.press("Tab");
    const state = await page.evaluate(mark);
    if (state === "over") break;
    if (state !== "") faults.push(state);
  }
  return [...faults, ...(await page.evaluate(left))];
}

/** Marks what has the focus; says what it is if that can't be seen. */
function mark(): string {
  const now = document.activeElement as HTMLElement | null;
  // The parts of a date have one element between them.
  if (now === (window as { last?: Element | null }).last) return "";
  (window as { last?: Element | null }).last = now;
  if (!now || now === document.body || now.dataset.reached) return "over";
  now.dataset.reached = "yes";
  const style = getComputedStyle(now);
  const seen = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const within = now.closest("label") !== null;
  return seen || within || now.tagName === "MAIN" ? "" : `no focus to be seen: ${now.outerHTML.slice(0, 120)}`;
}

/** What can be pressed and was not reached. One of a group that arrow keys go through is enough. */
function left(): string[] {
  const all = document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [tabindex='0']");
  const names = new Set([...document.querySelectorAll<HTMLInputElement>("input[type=radio][data-reached]")].map((one) => one.name));
  return [...all]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(":disabled, [tabindex='-1']"))
    .filter((one) => !one.dataset.reached && !(one instanceof HTMLInputElement && one.type === "radio" && names.has(one.name)))
    .map((one) => one.outerHTML.slice(0, 160));
}

test("360 px are enough: nothing is wider than the window", { timeout: 240_000 }, async () => {
  const { page } = await signedIn(browser, system, "owner", "olivia", { width: 360, height: 740 });
  for (const path of paths()) {
    await go(page, path);
    await page.screenshot({ path: `${SCREENS}hand${path.replaceAll(/\W+/g, "-").slice(0, 30)}.png` });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
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
