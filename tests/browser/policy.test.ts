import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { budget } from "./harness/actions.ts";
import { launch, signedIn } from "./harness/browser.ts";
import { sleep, System, type Thing } from "./harness/system.ts";

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** Every function looks for another policy every two seconds. */
const EVERYWHERE_MS = 4_000;
const NUMBER = "New value: budget_adjust.low_under_cents";

test("a number that is none is told at once, and nothing can be asked for", async () => {
  const { page } = await signedIn(browser, system, "finance", "fatima");
  await page.goto(`${system.url}/policies`);
  await page.getByLabel(NUMBER).fill("1.000");
  await page.getByText("This is not an amount such as 100.00.").waitFor();
  await page.getByLabel(NUMBER).fill("20000");
  await page.getByText("The edit does not hold").waitFor();
  expect(await page.getByRole("button", { name: "Ask for this policy" }).count()).toBe(0);
});

test("finance loosens a number, two others agree, it decides, and it is taken back on the page", { timeout: 120_000 }, async () => {
  const { page, faults } = await signedIn(browser, system, "finance", "fatima");
  await page.goto(`${system.url}/policies`);
  await page.getByLabel(NUMBER).fill("200.00");
  await page.getByText("The edit holds").waitFor();
  await page.getByRole("button", { name: "Try it on past decisions" }).click();
  await page.getByText(/decisions judged again/).waitFor();
  await page.getByRole("textbox", { name: "Why" }).fill("Small changes are fine.");
  await page.getByRole("button", { name: "Ask for this policy" }).click();
  await page.getByText(/It waits for two other people/).waitFor();
  await page.getByRole("link", { name: "Open the request" }).click();
  await page.getByText("You cannot decide this.").first().waitFor();
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await agreed(id);
  await page.goto(`${system.url}/policies`);
  await page.getByText("in force", { exact: true }).waitFor();
  const operations = await system.token("operations");
  await sleep(EVERYWHERE_MS);
  expect((await system.propose(operations, budget(100, 250, "loose"))).tier).toBe("LOW");
  await page.getByRole("button", { name: "Go back to this one" }).first().click();
  await page.getByLabel("Why go back").fill("Too loose.");
  await page.getByRole("button", { name: "Go back to this one" }).first().click();
  await page.getByText("Too loose.").waitFor();
  await sleep(EVERYWHERE_MS);
  expect((await system.propose(operations, budget(100, 250, "strict"))).tier).toBe("MEDIUM");
  expect(faults).toEqual([]);
});

/** Two owners agree, and it is carried out. */
async function agreed(id: string): Promise<void> {
  for (const person of ["olivia", "otto"]) {
    const token = await system.token("owner", person);
    const { digest } = await system.call<Thing>(token, "GET", `approvals/${id}`);
    await system.call(token, "POST", `approvals/${id}/approve`, { digest });
  }
  await system.until(await system.token("owner"), id, ({ status }) => status === "EXECUTED");
}
