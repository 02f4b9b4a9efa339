import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { royal } from "../lib/app.ts";
import { small } from "./small.ts";
import { templates } from "./synth.ts";

/** A catalogue of one of each kind: the templates of the real one change whenever a function comes. */
function all(context: Record<string, string>) {
  const outdir = mkdtempSync(join(tmpdir(), "royal-small-"));
  const app = new App({ outdir, context: { assets: "placeholder", ...context } });
  royal(app, small);
  return templates(app);
}

/** One line for each resource: where, what, and a hash of all that it says. Names of assets are left out. */
function digest(templates: ReturnType<typeof all>): string[] {
  const line = (stack: string, [id, resource]: [string, { Type: string }]) => {
    const said = JSON.stringify(resource).replace(/[0-9a-f]{64}/g, "asset");
    return `${stack} ${resource.Type} ${id} ${createHash("sha256").update(said).digest("hex").slice(0, 8)}`;
  };
  const ours = Object.entries(templates).filter(([stack]) => /core|shop|executors|plumbing/.test(stack));
  return ours.flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type !== "AWS::CDK::Metadata")
      .map((one) => line(stack, one as [string, { Type: string }])),
  );
}

describe("the templates of a small catalogue", () => {
  const dev = all({});

  test("are as they were", () => {
    expect(digest(dev)).toMatchSnapshot();
  });

  test("are as they were, with every switch", () => {
    expect(digest(all({ env: "prod", canary: "true", alarmMails: "ops@example.com" }))).toMatchSnapshot();
  });

  test.each([
    ["core", "AWS::DynamoDB::Table"],
    ["shop", "AWS::Lambda::Function"],
    ["shop", "AWS::Scheduler::Schedule"],
    ["shop", "AWS::Events::Rule"],
    ["shop-specialists", "AWS::Scheduler::Schedule"],
    ["executors", "AWS::IAM::Role"],
    ["plumbing", "AWS::Lambda::EventSourceMapping"],
  ])("have in %s the %s as it was", (stack, type) => {
    const resources = Object.values(dev[`royal-dev-${stack}`]?.Resources ?? {});
    const found = resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(found[0]).replace(/[0-9a-f]{64}/g, "asset"))).toMatchSnapshot();
  });
});
