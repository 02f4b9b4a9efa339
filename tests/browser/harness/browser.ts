import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { Role, System } from "./system.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Debian's chromium. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** What went wrong in a page: whatever its policy refused, its console called an error, or nobody caught. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
}

interface Looks {
  width?: number;
  height?: number;
  dark?: boolean;
  locale?: string;
}

/** A window of its own; every fault in it is kept. */
export async function open(browser: Browser, looks: Looks = {}): Promise<Watched> {
  const { width = 1360, height = 860, dark = false, locale = "en-GB" } = looks;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    locale,
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (4\d\d|503)|ERR_|WebSocket/.test(message.text())) faults.push(message.text());
  });
  return { page, context, faults };
}

/** A window in which somebody is signed in already. */
export async function signedIn(browser: Browser, system: System, role: Role, person: string, looks: Looks = {}): Promise<Watched> {
  const watched = await open(browser, looks);
  const token = await system.token(role, person);
  await watched.page.addInitScript((kept) => {
    if (sessionStorage.getItem("royal.token") === null) sessionStorage.setItem("royal.token", kept);
  }, token);
  return watched;
}

/** A card that has just come is not decided by a key that was meant for the one before it: a person looks. */
const LOOK_MS = 400;

/** Waits until the card that is open can be decided, as somebody does who reads it. */
export async function look(page: Page): Promise<void> {
  await page.waitForTimeout(LOOK_MS);
  await page.locator("button:enabled", { hasText: /^(Approve|Akkoord)/ }).waitFor();
  await page.waitForTimeout(LOOK_MS);
}
