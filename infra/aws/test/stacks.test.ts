import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { royal } from "../lib/app.ts";
import { readCatalog, stackNames } from "../lib/catalog.ts";
import { of } from "./found.ts";
import { folder, made, templates } from "./synth.ts";

const switched = { env: "prod", canary: "true", waf: "true", architecture: "x86_64", reserve: "false" };
const apps = { "as it is": made(), "with switches": made(switched) };

describe.each(Object.entries(apps))("the stacks, %s", (_, app) => {
  const all = templates(app);

  test("have 150 resources at most", () => {
    const sizes = Object.entries(all).map(
      ([name, { Resources }]) => [name, Object.keys(Resources).length] as const,
    );
    expect(sizes.length).toBeGreaterThan(6);
    expect(sizes.filter(([, size]) => size > 150)).toEqual([]);
  });

  test("export nothing, and import nothing that another exports", () => {
    const text = JSON.stringify(all);
    expect(text).not.toContain('"Export"');
    expect(text).not.toContain("Fn::ImportValue");
  });

  test("depend on each other without a circle, and those with functions on core", () => {
    const depends = new Map(
      app
        .synth()
        .stacks.map((stack) => [
          stack.stackName,
          stack.dependencies.map(({ id }) => id).filter((id) => !id.endsWith(".assets")),
        ]),
    );
    const core = [...depends.keys()].find((name) => name.endsWith("-core")) ?? "";
    const [env] = core.split("core");
    const functions = new Set(stackNames(readCatalog()).map((name) => `${env}${name}`));
    const reached = (name: string, on: readonly string[]): boolean =>
      on.some((one) => one === name || reached(name, depends.get(one) ?? []));
    for (const [name, on] of depends) {
      expect(reached(name, on), name).toBe(false);
      if (functions.has(name)) expect(reached(core, on), name).toBe(true);
    }
  });
});

test("switches are heard: another processor, careful releases, nothing reserved", () => {
  const plain = templates(apps["as it is"]);
  const all = templates(apps["with switches"]);
  const functions = of(all, "AWS::Lambda::Function").filter((one) => one.Runtime === "provided.al2023");
  expect(functions.map((one) => one.Architectures)).toEqual(functions.map(() => ["x86_64"]));
  expect(functions.some((one) => "ReservedConcurrentExecutions" in one)).toBe(false);
  expect(of(all, "AWS::CodeDeploy::DeploymentGroup")).toHaveLength(functions.length);
  expect(of(plain, "AWS::CodeDeploy::DeploymentGroup")).toEqual([]);
  const mapped = of(all, "AWS::Lambda::EventSourceMapping").map((one) => JSON.stringify(one.FunctionName));
  expect(mapped.every((name) => name.includes("Live"))).toBe(true);
});

test("prod keeps its table and its people, dev does not", () => {
  const kept = (app: App) => {
    const resources = Object.values(templates(app)).flatMap(({ Resources }) => Object.values(Resources));
    const lasting = resources.filter((one) =>
      /DynamoDB::Table|Cognito::UserPool$|KMS::Key|SQS::Queue$/.test(one.Type),
    );
    return new Set(lasting.map((one) => (one as { DeletionPolicy?: string }).DeletionPolicy));
  };
  expect(kept(apps["with switches"])).toEqual(new Set(["Retain"]));
  expect(kept(apps["as it is"])).toEqual(new Set(["Delete"]));
  const [table] = of(templates(apps["with switches"]), "AWS::DynamoDB::Table");
  expect(table?.DeletionProtectionEnabled).toBe(true);
});

test("templates of another catalogue than lies there are not made", () => {
  const there = folder();
  writeFileSync(join(there, "catalog.toml"), "# another");
  writeFileSync(join(there, "catalog.json"), JSON.stringify(readCatalog()));
  expect(() => readCatalog(there)).toThrow(/cargo run -q -p catalog -- json/);
  expect(() => royal(new App({ context: { env: "moon" } }))).toThrow(/environment `moon` is unknown/);
});
