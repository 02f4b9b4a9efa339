import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bill } from "./harness/actions.ts";
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

test("offline it says so and loses nothing; back again, what happened meanwhile is there", async () => {
  const first = await system.propose(operations, bill(1500, "before"));
  const { page, context } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/inbox/${first.id}`);
  await page.getByText("Live", { exact: true }).waitFor();
  await look(page);
  await context.setOffline(true);
  await page.getByText("Reconnecting").waitFor();
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByText("No connection").first().waitFor();
  const second = await system.propose(operations, bill(1600, "meanwhile"));
  await context.setOffline(false);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("INV-meanwhile").first().waitFor();
  const thing = await system.until(operations, first.id, () => true);
  expect(["PENDING", "GRANTED", "EXECUTING", "EXECUTED", "SIMULATED"]).toContain(thing.status);
  expect(second.status).toBe("PENDING");
});

test("an emergency stop takes two steps and a reason, and everybody sees it", async () => {
  const [olivia, otto] = await Promise.all([
    signedIn(browser, system, "owner", "olivia"),
    signedIn(browser, system, "operations", "oscar"),
  ]);
  await otto.page.goto(`${system.url}/inbox`);
  await otto.page.getByText("Live", { exact: true }).waitFor();
  await olivia.page.goto(`${system.url}/control`);
  await stop(olivia.page);
  await otto.page.getByText("Emergency stop is on").waitFor();
  const state = await system.call<{ running: boolean }>(operations, "GET", "control");
  expect(state.running).toBe(false);
  const asked = await system.propose(operations, bill(50, "held"));
  expect(asked.status).toBe("HELD");
});

async function stop(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("textbox", { name: /^Why/ }).fill("Prices look wrong.");
  await page.getByRole("textbox", { name: /Type/ }).fill("stop");
  await page.getByRole("button", { name: "Stop: Everything" }).click();
}
