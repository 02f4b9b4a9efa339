import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { afterAll } from "vitest";
import { royal } from "../lib/app.ts";
import { type Catalog, readCatalog } from "../lib/catalog.ts";
import type { Templates } from "./iam/resolve.ts";

const takesWebhooks = readCatalog().functions.some(({ name }) => name === "webhooks");

/** Every switch that there is, on. */
export const EVERYTHING: Readonly<Record<string, string>> = {
  env: "prod",
  waf: "true",
  canary: "true",
  ...(takesWebhooks && { shopifyEventSource: "aws.partner/shopify.com/1/royal" }),
  domain: "royal.example.com",
  certificateArn: "arn:aws:acm:us-east-1:111111111111:certificate/royal",
  monthlyBudget: "500",
  alarmMails: "ops@example.com",
};

/** What cdk.json says, as the command line has it. */
const said: Record<string, unknown> = JSON.parse(readFileSync("cdk.json", "utf8")).context;

/** The app of the catalogue as it is, or of another, with this context; nothing has to be built for it. */
export function made(context: Readonly<Record<string, unknown>> = {}, catalog: Catalog = readCatalog()): App {
  const app = new App({ outdir: folder(), context: { ...said, assets: "placeholder", ...context } });
  royal(app, catalog);
  return app;
}

const root = mkdtempSync(join(tmpdir(), "royal-aws-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder that is gone when the tests of the file are done. */
export function folder(): string {
  return mkdtempSync(join(root, "out-"));
}

/** The templates of `app`, by the name of the stack. */
export function templates(app: App): Templates {
  const { stacks } = app.synth();
  return Object.fromEntries(stacks.map((stack) => [stack.stackName, stack.template as Templates[string]]));
}
