import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { CfnLogGroup } from "aws-cdk-lib/aws-logs";
import { describe, expect, test } from "vitest";
import { check, rules, rulesFolder } from "../checks/checks.ts";
import { folder } from "./synth.ts";

const cases = join(rulesFolder, "tests");
const ruleNames = (text: string) =>
  [...text.matchAll(/^rule (\w+) (?:when|{)/gm)].map(([, name]) => name ?? "");

describe("each of our rules", () => {
  const all = rules().flatMap(({ name, content }) => ruleNames(content).map((rule) => [rule, name] as const));

  test("has a name of its own", () => {
    const names = all.map(([rule]) => rule);
    expect(names.length).toBeGreaterThan(15);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(all)("%s is kept by one template and broken by another", (rule, file) => {
    const text = readFileSync(join(cases, file.replace(".guard", "_tests.yaml")), "utf8");
    expect(text).toContain(`${rule}: PASS`);
    expect(text).toContain(`${rule}: FAIL`);
  });

  test("is in a file whose cases are there, and no case is without its rules", () => {
    const files = rules().map(({ name }) => name.replace(".guard", "_tests.yaml"));
    expect(readdirSync(cases).sort()).toEqual(files.sort());
  });
});

test.each([
  ["fails that breaks a rule", {}, "a log group is kept for ever: set RetentionInDays"],
  ["passes that breaks none", { retentionInDays: 14 }, undefined],
])("a synthesis %s", (_what, props, said) => {
  const outdir = folder();
  const app = new App({ outdir, context: { "@aws-cdk/core:validateAgainstDefaultRules": true } });
  new CfnLogGroup(new Stack(app, "stack"), "Log", props);
  check(app);
  if (said === undefined) {
    app.synth();
    return;
  }
  expect(() => app.synth()).toThrow();
  expect(readFileSync(join(outdir, "validation-report.json"), "utf8")).toContain(said);
});
