import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bill } from "./harness/actions.ts";
import { launch, signedIn } from "./harness/browser.ts";
import { System } from "./harness/system.ts";

/** Scripts until the first row of the inbox, compressed. */
const MOST_BYTES = 130_000;

let system: System;
let browser: Browser;
beforeAll(async () => {
  [system, browser] = await Promise.all([System.start(), launch()]);
  await system.propose(await system.token("operations"), bill(1500, 1));
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

test.each(["/inbox", "/"])("%s loads at most 130 kB of scripts, compressed, and nothing from elsewhere", async (path) => {
  const { page, faults } = await signedIn(browser, system, "owner", "olivia");
  const scripts: [string, number][] = [];
  const elsewhere: string[] = [];
  const reading: Promise<void>[] = [];
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (url.origin !== system.url) elsewhere.push(response.url());
    if (!url.pathname.endsWith(".js")) return;
    reading.push(response.body().then((body) => void scripts.push([url.pathname, gzipSync(body, { level: 9 }).length])));
  });
  await page.goto(system.url + path);
  await page.getByText("INV-1").first().waitFor();
  await Promise.all(reading);
  const bytes = scripts.reduce((sum, [, size]) => sum + size, 0);
  console.log(`${path}: ${bytes} bytes in ${scripts.length} scripts`);
  for (const [name, size] of scripts.sort((a, b) => b[1] - a[1])) console.log(`  ${size} ${name}`);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  expect(elsewhere).toEqual([]);
  expect(faults).toEqual([]);
});
