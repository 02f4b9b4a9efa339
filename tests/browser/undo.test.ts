import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, look, signedIn } from "./harness/browser.ts";
import { System, type Thing } from "./harness/system.ts";

let system: System;
let browser: Browser;
let owner: string;
beforeAll(async () => {
  // The sample feed: products are found, vetted, priced and published while the tests watch.
  [system, browser] = await Promise.all([System.start([]), launch()]);
  owner = await system.token("owner");
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

test("a journey's request arrives while somebody watches, is approved, and its product is live", async () => {
  const { page } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/inbox?grouped=false`);
  const row = page.getByRole("row").filter({ hasText: "Zaan Paring Knives" });
  await row.waitFor();
  await row.click();
  await look(page);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await page.getByRole("button", { name: /^Approve/ }).click();
  await system.until(owner, id, ({ status }) => status === "EXECUTED");
  await page.goto(`${system.url}/inbox/${id}`);
  await page.getByText("It was executed.").waitFor();
  await page.goto(`${system.url}/products`);
  await page.getByText("Zaan Paring Knives").first().waitFor();
});

test("what was executed is undone within its window", async () => {
  const done = await executed();
  const { page } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/inbox/${done.id}`);
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why is it undone?").fill("The photo is wrong.");
  await dialog.getByRole("button", { name: /Undo/ }).click();
  const thing = await system.until(owner, done.id, ({ status }) => status === "UNDONE");
  expect(thing.status).toBe("UNDONE");
});

async function executed(): Promise<Thing> {
  for (;;) {
    const page = await system.call<{ items: Thing[] }>(owner, "GET", "actions?status=EXECUTED&limit=1");
    if (page.items[0]) return page.items[0];
  }
}
