import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { System } from "./harness/system.ts";

const DASHBOARD = fileURLToPath(new URL("../../functions/dashboard/", import.meta.url));

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system?.stop());

test("the page's types are those of the running system's own document (else: npm run types)", async () => {
  const program = `${DASHBOARD}node_modules/.bin/openapi-typescript`;
  const { stdout } = await promisify(execFile)(program, [`${system.url}/openapi.json`], { maxBuffer: 2 ** 24 });
  const kept = await readFile(`${DASHBOARD}src/api/schema.d.ts`, "utf8");
  expect(stdout.trim()).toBe(kept.trim());
});
