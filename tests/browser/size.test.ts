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

test.each([
  ["/", "main h1"],
  ["/inbox", "main [role=row]"],
])("%s asks for at most 130 kB of scripts, compressed, before its content is there, and for nothing from elsewhere", async (path, content) => {
  const { page, faults } = await signedIn(browser, system, "owner", "olivia");
  const sizes = new Map<string, Promise<number>>();
  const elsewhere: string[] = [];
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (url.origin !== system.url) elsewhere.push(response.url());
    if (!url.pathname.endsWith(".js")) return;
    const size = response.body().then((body) => gzipSync(body, { level: 9 }).length);
    // What comes behind the content may still be on its way when the window is closed: nobody waits for that.
    size.catch(() => {});
    sizes.set(response.url(), size);
  });
  await page.addInitScript(watch, content);
  await page.goto(system.url + path);
  await page.getByText("INV-1").first().waitFor();
  const asked = await page.evaluate(before);
  const scripts = await Promise.all(asked.map(async (url) => [(await sizes.get(url)) ?? 0, new URL(url).pathname] as const));
  const bytes = scripts.reduce((sum, [size]) => sum + size, 0);
  const list = scripts.sort((a, b) => b[0] - a[0]).map(([size, name]) => `  ${size} ${name}`);
  console.log([`${path}: ${bytes} bytes in ${scripts.length} scripts`, ...list].join("\n"));
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  expect(elsewhere).toEqual([]);
  expect(faults).toEqual([]);
});

interface Watching {
  content?: number;
}

/** Notes when the content is there. */
function watch(content: string): void {
  const told = window as Watching;
  new MutationObserver((_, observer) => {
    if (document.querySelector(content) === null) return;
    told.content = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** Scripts that were asked for before that. */
function before(): string[] {
  const content = (window as Watching).content ?? 0;
  const all = performance.getEntriesByType("resource").filter(({ startTime }) => startTime < content);
  return all.map(({ name }) => name).filter((name) => name.endsWith(".js"));
}
