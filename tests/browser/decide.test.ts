import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bill, budget } from "./harness/actions.ts";
import { launch, look, signedIn } from "./harness/browser.ts";
import { System } from "./harness/system.ts";

let system: System;
let browser: Browser;
let operations: string;
beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launch()]);
  operations = await system.token("operations");
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

test("what needs a person appears by itself, and is approved by keyboard alone", async () => {
  const { page, faults } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/inbox`);
  await page.getByText("Nothing waits for a person").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Next/ }).waitFor();
  const asked = await system.propose(operations, bill(1500, "live"));
  await page.getByRole("row").filter({ hasText: "INV-live" }).waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("o");
  await look(page);
  await page.keyboard.press("a");
  const decided = await system.until(operations, asked.id, (thing) => thing.status !== "PENDING");
  expect(["GRANTED", "EXECUTING", "EXECUTED", "SIMULATED"]).toContain(decided.status);
  expect(faults).toEqual([]);
});

test("a change shows the tier that it would have, and takes the place of what was asked", async () => {
  const asked = await system.propose(operations, budget(100, 2600, "slide"));
  expect(asked.tier).toBe("HIGH");
  const { page, faults } = await signedIn(browser, system, "finance", "fatima");
  await page.goto(`${system.url}/inbox/${asked.id}`);
  await page.getByRole("button", { name: /^Change/ }).click();
  const dialog = page.getByRole("dialog");
  const said = () => dialog.getByText("What policy would say").locator("..").textContent();
  const slider = dialog.getByRole("slider").first();
  await slider.focus();
  await page.keyboard.press("Home");
  await expect.poll(said).toMatch(/Low|Medium/);
  const amount = dialog.getByRole("textbox", { name: /Afterwards/ });
  await amount.fill("2700.00");
  await expect.poll(said).toMatch(/High/);
  await amount.fill("150.00");
  await expect.poll(said).toMatch(/Low|Medium/);
  await dialog.getByLabel("Why is it changed?").fill("Less is enough.");
  await dialog.getByRole("button", { name: "Send changed request" }).click();
  const old = await system.until(operations, asked.id, (thing) => thing.status !== "PENDING");
  expect(old.status).toBe("SUPERSEDED");
  expect(faults).toEqual([]);
});

test("of two who decide at once one is told who was first", async () => {
  const asked = await system.propose(operations, bill(2500, "race"));
  const people = await Promise.all([
    signedIn(browser, system, "owner", "olivia"),
    signedIn(browser, system, "owner", "otto"),
  ]);
  // Neither hears of the other before deciding.
  for (const { page } of people) await page.routeWebSocket(/\/live/, () => {});
  await Promise.all(people.map(({ page }) => page.goto(`${system.url}/inbox/${asked.id}`)));
  await Promise.all(people.map(({ page }) => look(page)));
  await Promise.all(people.map(({ page }) => page.getByRole("button", { name: /^Approve/ }).click()));
  const first = await Promise.race(
    people.map(async ({ page }, nth) => {
      await page.getByText(/was first|decided already/).first().waitFor();
      return nth;
    }),
  );
  expect([0, 1]).toContain(first);
  const thing = await system.until(operations, asked.id, ({ status }) => status !== "PENDING");
  expect(thing.status).not.toBe("REJECTED");
});

test("a refusal needs its reason, and the agent gets it", async () => {
  const asked = await system.propose(operations, bill(1800, "no"));
  const { page } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/inbox/${asked.id}`);
  await page.getByRole("button", { name: /^Reject/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /Reject/ }).click();
  await dialog.getByText("Say why, in a sentence.").waitFor();
  await dialog.getByLabel("Why not?").fill("We do not know this payee.");
  await dialog.getByRole("button", { name: /Reject/ }).click();
  const thing = await system.until(operations, asked.id, ({ status }) => status === "REJECTED");
  expect(JSON.stringify(thing)).toContain("We do not know this payee.");
});
