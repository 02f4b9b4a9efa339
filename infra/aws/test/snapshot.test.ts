import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { small } from "./small.ts";
import { made, templates } from "./synth.ts";

/** A catalogue of one of each kind: the templates of the real one change whenever a function comes. */
const all = (context: Record<string, string>) => templates(made(context, small));

/** What a template says, without what is only a hash of programs and rules. */
function plain(said: unknown): string {
  return JSON.stringify(said)
    .replace(/[0-9a-f]{64}/g, "asset")
    .replace(/CurrentVersion\w+/g, "CurrentVersion");
}

/** One line for each resource: where, what, and a hash of all that it says. */
function digest(templates: ReturnType<typeof all>): string[] {
  const line = (stack: string, [id, resource]: [string, { Type: string }]) => {
    const hash = createHash("sha256").update(plain(resource)).digest("hex");
    return `${stack} ${resource.Type} ${id.replace(/CurrentVersion\w+/, "CurrentVersion")} ${hash.slice(0, 8)}`;
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
    expect(JSON.parse(plain(found[0]))).toMatchSnapshot();
  });
});
