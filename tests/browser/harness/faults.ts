import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/** Presses of Tab that reach everything in the longest view. */
const MOST_TABS = 400;
const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds. It is put in past the page's policy, as a debugger would. */
export async function violations(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  await client.send("Runtime.evaluate", { expression: await axe });
  const run = "axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))";
  const answer = await client.send("Runtime.evaluate", { expression: run, awaitPromise: true, returnByValue: true });
  await client.detach();
  const found = JSON.parse(answer.result.value) as AxeResults["violations"];
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.target.join(" ")} ${node.html.slice(0, 160)}`));
}

/** Pixels by which the page is wider than its window; none, or less, if it is not. */
export function tooWide(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** What can be pressed or filled in, and is not come by with Tab; and what has the focus without showing it. */
export async function unreached(page: Page): Promise<string[]> {
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
