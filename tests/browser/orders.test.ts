import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, signedIn } from "./harness/browser.ts";
import { tooWide, unreached, violations } from "./harness/faults.ts";
import { System, sleep } from "./harness/system.ts";

const SCREENS = fileURLToPath(new URL("screens/", import.meta.url));
/** A product has to find its way into the shop before anybody can buy it. */
const PATIENT_MS = 90_000;

interface Money {
  amount: string;
  currency: string;
}
interface Order {
  id: string;
  name: string;
  stage: string;
  total: Money;
}

let system: System;
let browser: Browser;
let operations: string;
beforeAll(async () => {
  await mkdir(SCREENS, { recursive: true });
  [system, browser] = await Promise.all([System.start([], 60), launch()]);
  operations = await system.token("operations");
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** The latest order of a stage, as soon as there is one. */
async function one(stage: string): Promise<Order> {
  const end = Date.now() + PATIENT_MS;
  while (Date.now() < end) {
    const page = await system.call<{ items: Order[] }>(operations, "GET", `orders?stage=${stage}&limit=1`);
    if (page.items[0]) return page.items[0];
    await sleep(200);
  }
  throw new Error(`no order came to be ${stage}`);
}

test("the list fills by itself while orders flow", { timeout: 2 * PATIENT_MS }, async () => {
  const { page, faults } = await signedIn(browser, system, "support", "sam");
  await page.goto(`${system.url}/orders`);
  await page.getByText("Live", { exact: true }).waitFor();
  const rows = page.getByRole("region", { name: "All orders" }).getByRole("row");
  await expect.poll(() => rows.count(), { timeout: PATIENT_MS }).toBeGreaterThan(2);
  const first = await rows.nth(1).getByRole("link").innerText();
  await expect.poll(() => rows.nth(1).getByRole("link").innerText(), { timeout: PATIENT_MS }).not.toBe(first);
  await page.locator("td [data-stage=ORDERED]").first().waitFor();
  expect(faults).toEqual([]);
});

test("the keyboard alone narrows it to a stage, opens an order, and comes back", { timeout: 2 * PATIENT_MS }, async () => {
  const shipped = await one("SHIPPED");
  const { page, faults } = await signedIn(browser, system, "operations", "oscar");
  await page.goto(`${system.url}/orders`);
  const stage = page.getByRole("combobox", { name: "Stage" });
  await stage.focus();
  await page.keyboard.type("On its");
  await expect.poll(() => new URL(page.url()).searchParams.get("stage")).toBe("SHIPPED");
  const table = page.getByRole("region", { name: "All orders" });
  await table.getByRole("link", { name: shipped.name }).first().waitFor();
  await expect.poll(() => table.locator("[data-stage]:not([data-stage=SHIPPED])").count()).toBe(0);
  await page.keyboard.press("Tab");
  await page.keyboard.type(shipped.id);
  await expect.poll(() => table.getByRole("link").count()).toBe(1);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: `Order ${shipped.name}` }).waitFor();
  const steps = page.getByRole("list").filter({ hasText: "Received" }).first().getByRole("listitem");
  expect(await steps.allInnerTexts()).toHaveLength(6);
  await page.getByText("Record verified").waitFor();
  const parcels = page.locator("section", { has: page.getByRole("heading", { name: "Parcels" }) });
  expect(await parcels.innerText()).toMatch(/Tracking\s+\S*SBX/);
  await page.goBack();
  await stage.waitFor();
  expect(await stage.inputValue()).toBe("SHIPPED");
  expect(faults).toEqual([]);
});

test("a request about an order shows up in it, and leads to the inbox", { timeout: 2 * PATIENT_MS }, async () => {
  const order = await one("ORDERED");
  const { page, faults } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/orders/${order.id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("Record verified").waitFor();
  const asked = await system.propose(operations, { type: "order.cancel", order: order.id, amount: order.total });
  expect(asked.status).toBe("PENDING");
  const decide = page.getByRole("link", { name: "Decide" });
  await decide.click();
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/inbox/${asked.id}`);
  expect(faults).toEqual([]);
});

test.each([
  { name: "light", looks: {} },
  { name: "dark", looks: { dark: true } },
  { name: "hand", looks: { width: 360, height: 740 } },
])("an order has no fault that axe knows, fits its window, and is reached by the keyboard ($name)", { timeout: 2 * PATIENT_MS }, async ({ name, looks }) => {
  const order = await one("SHIPPED");
  const { page, faults } = await signedIn(browser, system, "owner", "olivia", looks);
  await page.goto(`${system.url}/orders/${order.id}`);
  await page.getByText("Record verified").waitFor();
  await page.screenshot({ path: `${SCREENS}${name}-order.png`, fullPage: true });
  expect(await violations(page)).toEqual([]);
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  expect(await unreached(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test("an order that does not exist is said not to, and nothing else", async () => {
  const { page } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/orders/1`);
  await page.getByText("there is no order `1`").waitFor();
});
