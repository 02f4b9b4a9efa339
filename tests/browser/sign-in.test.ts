import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bill } from "./harness/actions.ts";
import { launch, open } from "./harness/browser.ts";
import { System } from "./harness/system.ts";

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

test("somebody signs in, lands where they wanted to be, and signs out", async () => {
  const { page, faults } = await open(browser);
  await page.goto(`${system.url}/budgets`);
  await page.getByRole("button", { name: /^(sign in|choose who to be)$/i }).click();
  await page.getByRole("button", { name: /Olivia Owner/ }).click();
  await page.getByRole("heading", { name: "Budgets", level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/budgets");
  await page.getByRole("button", { name: /Olivia Owner/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: /^(sign in|choose who to be)$/i }).waitFor();
  expect(await page.evaluate(() => sessionStorage.getItem("royal.token"))).toBeNull();
  expect(faults).toEqual([]);
});

test("a session that ends loses nothing of a half-written note", async () => {
  const asked = await system.propose(await system.token("operations"), bill(1500, "half"));
  const { page } = await open(browser);
  await page.goto(`${system.url}/inbox/${asked.id}`);
  await page.getByRole("button", { name: /^(sign in|choose who to be)$/i }).click();
  await page.getByRole("button", { name: /Olivia Owner/ }).click();
  await page.getByRole("button", { name: /^Reject/ }).click();
  await page.getByLabel("Why not?").fill("The payee is not known to");
  await page.evaluate(() => sessionStorage.setItem("royal.token", "an.old.token"));
  await page.reload();
  await page.getByText("Your session has ended").first().waitFor();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).toContain("The payee is not known to");
});

test("what a role may not do is not offered", async () => {
  const asked = await system.propose(await system.token("operations"), bill(1500, "role"));
  const { page } = await open(browser);
  await page.goto(`${system.url}/inbox/${asked.id}`);
  await page.getByRole("button", { name: /^(sign in|choose who to be)$/i }).click();
  await page.getByRole("button", { name: /Anna Auditor/ }).click();
  await page.getByText("You cannot decide this.").first().waitFor();
  expect(await page.getByRole("button", { name: /^Approve/ }).count()).toBe(0);
});
