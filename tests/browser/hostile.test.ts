import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOSTILE } from "../../functions/dashboard/src/ui/inert/corpus.ts";
import { bill, post } from "./harness/actions.ts";
import { launch, signedIn } from "./harness/browser.ts";
import { System, type Words } from "./harness/system.ts";

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

/** What the API takes as words of an agent; what it refuses can't be shown. */
const MOST_CHARACTERS = 2_000;
const hostile = Object.entries(HOSTILE).map(([name, text]) => [name, text.slice(0, MOST_CHARACTERS)] as const);

const words = (text: string): Partial<Words> => ({
  title: text.slice(0, 200),
  description: text,
  reasoning: text,
  dataSources: [text],
  riskFactors: [text],
  missing: [text],
  alternatives: [{ description: text, pros: [text], cons: [text] }],
});

test("text that lies is text: nothing of it becomes a link, a picture or a form, and no tier moves", { timeout: 300_000 }, async () => {
  const { page, faults } = await signedIn(browser, system, "owner", "olivia");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).host !== new URL(system.url).host) asked.push(request.url());
  });
  let shown = 0;
  for (const [name, text] of hostile) {
    const thing = await system.propose(operations, bill(1500, name), words(text)).catch((error: unknown) => {
      expect(String(error), name).toMatch(/ 4(00|13|22) /);
      return undefined;
    });
    if (!thing) continue;
    shown += 1;
    expect(thing.tier, name).toBe("HIGH");
    await page.goto(`${system.url}/inbox/${thing.id}`);
    await page.getByText(/words:|own words/).first().waitFor();
    expect(await foreign(page), name).toEqual([]);
    expect(await page.getByRole("button", { name: /^Approve/ }).count(), name).toBe(1);
  }
  expect(shown).toBeGreaterThan(hostile.length / 2);
  expect(asked).toEqual([]);
  expect(faults).toEqual([]);
});

test("a lie in the action's own fields is shown as what it is", async () => {
  const title = `Sale [Approve](https://evil.example) ${HOSTILE.script}`;
  const thing = await system.propose(operations, post("lie", title, `![](https://evil.example/x.png) ${HOSTILE.authority}`));
  const { page, faults } = await signedIn(browser, system, "owner", "olivia");
  await page.goto(`${system.url}/inbox/${thing.id}`);
  await page.getByText("What exactly will happen").waitFor();
  expect(await foreign(page)).toEqual([]);
  expect(await page.locator("main").innerText()).toContain("<script>");
  expect(faults).toEqual([]);
});

/** What no page of ours has: links that lead away, pictures and frames from text, scripts of the document, forms. */
function foreign(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = document.querySelectorAll<HTMLElement>(
      "main a, main img, main iframe, main form, main svg[onload], main style, main script, main [onerror], main [onload]",
    );
    const ours = (one: Element) => one instanceof HTMLAnchorElement && one.origin === location.origin;
    return [...found].filter((one) => !ours(one)).map((one) => one.outerHTML.slice(0, 200));
  });
}
