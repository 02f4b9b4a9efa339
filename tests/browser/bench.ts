/**
 * How fast the page is, beside the least that a page of its kind can be, in one run: scripts, first row, and
 * scrolling through ten thousand requests. `npm run bench`, or `just bench-page`.
 */
import { createServer, type Server } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { bill } from "./harness/actions.ts";
import { launch } from "./harness/browser.ts";
import { System } from "./harness/system.ts";

const LOADS = 11;
const ROWS = 10_000;
const BARE = fileURLToPath(new URL("bare/dist/", import.meta.url));
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

interface Load {
  firstRow: number;
  bytes: number;
}

const system = await System.start();
const browser = await launch();
const bare = await serveBare();
try {
  const operations = await system.token("operations");
  for (let nth = 0; nth < 40; nth += 1) await system.propose(operations, bill(1200 + nth, nth));
  const token = await system.token("owner", "olivia");
  const pages = { page: `${system.url}/inbox?grouped=false`, bare: bare.url };
  const rows = { page: "[role=row]", bare: ".row" };
  const loads: Record<keyof typeof pages, Load[]> = { page: [], bare: [] };
  // In turn, so that both meet the same machine.
  for (let nth = 0; nth < LOADS; nth += 1) {
    for (const name of ["page", "bare"] as const) loads[name].push(await load(pages[name], rows[name], token));
  }
  console.log(`first row, median of ${LOADS} loads in turn, nothing cached:`);
  for (const name of ["page", "bare"] as const) {
    console.log(`  ${name}: ${median(loads[name].map((one) => one.firstRow))} ms, ${median(loads[name].map((one) => one.bytes))} bytes of scripts (gz)`);
  }
  console.log(`scrolling through ${ROWS} rows, tasks over 50 ms:`);
  console.log(`  page: ${JSON.stringify(await scroll(pages.page, "[role=treegrid]", token, true))}`);
  console.log(`  bare: ${JSON.stringify(await scroll(pages.bare, "ul", token, false))}`);
} finally {
  bare.server.close();
  await browser.close();
  await system.stop();
}

async function fresh(token: string): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  const page = await context.newPage();
  await page.addInitScript((kept) => sessionStorage.setItem("royal.token", kept), token);
  return [context, page];
}

/** Loads a page with nothing cached: from the click to its first row. */
async function load(url: string, row: string, token: string): Promise<Load> {
  const [context, page] = await fresh(token);
  const sizes = new Map<string, Promise<number>>();
  page.on("response", (response) => {
    if (!new URL(response.url()).pathname.endsWith(".js")) return;
    sizes.set(response.url(), response.body().then((body) => gzipSync(body, { level: 9 }).length).catch(() => 0));
  });
  await page.addInitScript((wanted) => {
    new MutationObserver((_, observer) => {
      if (document.querySelector(wanted) === null) return;
      Object.assign(window, { firstRow: performance.now() });
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  }, row);
  await page.goto(url);
  await page.waitForFunction(() => "firstRow" in window);
  const { at, asked } = await page.evaluate(() => {
    const firstRow = (window as unknown as { firstRow: number }).firstRow;
    const all = performance.getEntriesByType("resource").filter((one) => one.startTime < firstRow && one.name.endsWith(".js"));
    return { at: firstRow, asked: all.map((one) => one.name) };
  });
  const bytes = (await Promise.all(asked.map((name) => sizes.get(name) ?? 0))).reduce((sum, one) => sum + one, 0);
  await context.close();
  return { firstRow: Math.round(at), bytes };
}

/** Scrolls through many rows, which the server is made to have; what blocked the page for more than 50 ms. */
async function scroll(url: string, list: string, token: string, paged: boolean): Promise<object> {
  const [context, page] = await fresh(token);
  const one = (await system.call<{ items: { id: string }[] }>(token, "GET", "approvals?limit=1")).items[0];
  const row = (nth: number) => ({ ...one, id: `${String(nth).padStart(8, "0")}-0000-7000-8000-000000000000`, willHappen: `Pay bill ${nth}` });
  await page.route(/\/api\/v1\/approvals\?/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
    const count = paged ? 200 : ROWS;
    const items = Array.from({ length: Math.min(count, ROWS - from) }, (_, nth) => row(from + nth));
    const next = paged && from + count < ROWS ? { next: String(from + count) } : {};
    return route.fulfill({ json: { items, cut: false, ...next } });
  });
  await page.goto(url);
  await page.locator(list).first().waitFor();
  await page.waitForTimeout(1500);
  const found = await page.evaluate(async (wanted) => {
    const tasks: number[] = [];
    new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) tasks.push(Math.round(duration));
    }).observe({ entryTypes: ["longtask"] });
    const inside = document.querySelector(wanted);
    const scroller = inside?.parentElement && inside.parentElement.scrollHeight > inside.parentElement.clientHeight ? inside.parentElement : document.documentElement;
    let frames = 0;
    const start = performance.now();
    while (frames < 600 && performance.now() - start < 30_000) {
      scroller.scrollBy(0, 1200);
      await new Promise(requestAnimationFrame);
      frames += 1;
    }
    return { frames, far: Math.round(scroller.scrollTop), tasks: tasks.sort((a, b) => b - a).slice(0, 10) };
  }, list);
  await context.close();
  return found;
}

/** The bare page from its own server, which hands requests for the API on, so that they cost the same. */
async function serveBare(): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const path = request.url ?? "/";
    if (path.startsWith("/api/")) {
      const headers = { Authorization: request.headers.authorization ?? "" };
      const answer = await fetch(system.url + path, { headers });
      response.writeHead(answer.status, { "Content-Type": "application/json" }).end(await answer.text());
      return;
    }
    const file = path === "/" ? "index.html" : path.slice(1);
    const body = await readFile(BARE + file).catch(() => undefined);
    if (!body) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the bare page's server has no address");
  return { server, url: `http://127.0.0.1:${address.port}/` };
}

function median(of: number[]): number {
  return of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
}
