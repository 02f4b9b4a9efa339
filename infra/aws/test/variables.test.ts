import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCatalog, root } from "../lib/catalog.ts";
import { of } from "./found.ts";
import { EVERYTHING, made, templates } from "./synth.ts";

const catalog = readCatalog();
const dev = variables({});
const prod = variables(EVERYTHING);

/** The variables that each function is deployed with, by its name in the catalogue. */
function variables(context: Readonly<Record<string, string>>): Map<string, Record<string, unknown>> {
  const env = context.env ?? "dev";
  const functions = of(templates(made(context)), "AWS::Lambda::Function");
  const ours = functions.filter(({ Runtime }) => Runtime === "provided.al2023");
  return new Map(
    ours.map(({ FunctionName, Environment }) => [
      String(FunctionName).slice(`royal-${env}-`.length),
      (Environment as { Variables: Record<string, unknown> }).Variables,
    ]),
  );
}

/** The sources below a folder of the project, by path. */
function sources(folder: string): [string, string][] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const code = files.filter((name) => name.endsWith(".rs") && !/(^|\/)(target|node_modules)\//.test(name));
  return code.map((name) => [join(folder, name), readFileSync(join(root, folder, name), "utf8")]);
}

/** The folder of each function's crate, by the function's name. */
function folders(): Map<string, string> {
  const text = readFileSync(join(root, "infra/catalog/catalog.toml"), "utf8");
  const found = text.matchAll(/^\[\[function\]\]\nname = "(.+)"\n(?:.+\n)*?folder = "(.+)"$/gm);
  return new Map([...found].map(([, name, folder]) => [String(name), String(folder)]));
}

const homes = folders();
const settings = sources("shared/runtime/src").concat(sources("shared/identity/src"));
const read = new Set(
  settings.flatMap(([, text]) => [...text.matchAll(/"(ROYAL_[A-Z_]+)"/g)].map(([, name]) => name)),
);

/** What a program says that it cannot start without: `NEEDS`, and what its settings name as missing. */
function needs(name: string): string[] {
  const own = sources(join(homes.get(name) ?? "", "src")).filter(
    ([path]) => !/\/tests?(\/|\.rs$)/.test(path),
  );
  const said = own.flatMap(([, text]) => [...text.matchAll(/const NEEDS: &\[&str\] = &\[([^\]]*)\]/g)]);
  return said.flatMap(([, list]) => [...String(list).matchAll(/"([A-Z_]+)"/g)].map(([, one]) => String(one)));
}

test("every function of the catalogue is deployed with variables, and has a folder", () => {
  const names = catalog.functions.map(({ name }) => name).sort();
  expect([...dev.keys()].sort()).toEqual(names);
  expect([...homes.keys()].sort()).toEqual(names);
});

describe.each([
  ["dev", dev],
  ["prod, with every switch on", prod],
])("in %s", (_, deployed) => {
  test.each(catalog.functions.map(({ name }) => name))("%s gets what it cannot start without", (name) => {
    const given = deployed.get(name) ?? {};
    expect(Object.keys(given)).toEqual(expect.arrayContaining(needs(name)));
    expect(Object.values(given).every((value) => value !== "")).toBe(true);
  });

  test("no function gets a variable that no program reads", () => {
    const all = [...deployed.values()].flatMap(Object.keys);
    const ours = new Set(all.filter((name) => name.startsWith("ROYAL_")));
    expect([...ours].filter((name) => !read.has(name))).toEqual([]);
  });
});

test("who needs something says so, or this test would hold nothing", () => {
  expect(needs("relay")).toEqual(["ROYAL_QUEUES"]);
  expect(needs("live")).toEqual(["ROYAL_LIVE_URL"]);
});

test("people are known where people ask: by issuer, audience and keys", () => {
  const asks = catalog.functions.filter(({ wakes }) => wakes.includes("http") || wakes.includes("websocket"));
  for (const { name } of asks) {
    expect(Object.keys(dev.get(name) ?? {})).toEqual(
      expect.arrayContaining(["ROYAL_ISSUER", "ROYAL_AUDIENCE", "ROYAL_JWKS"]),
    );
  }
});

describe("infra/README.md", () => {
  const readme = readFileSync(join(root, "infra/README.md"), "utf8");
  const alarms = of(templates(made({})), "AWS::CloudWatch::Alarm").map(({ AlarmName }) =>
    String(AlarmName).slice("royal-dev-".length),
  );
  const section = readme.slice(readme.indexOf("## 8. Alarms"), readme.indexOf("## 9."));
  const names = [...section.matchAll(/^\| (`.+?) \|/gm)].flatMap(([, cell]) =>
    [...String(cell).matchAll(/`([^`]+)`/g)].map(([, name]) => String(name)),
  );

  test.each(catalog.secrets.map(({ name }) => name))("says how to set the secret %s", (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  test("says of every alarm what it means, and of none that is not there", () => {
    const ends = names.map((name) => name.replace(/^<\w+>/, ""));
    expect(alarms.filter((alarm) => !ends.some((end) => alarm.endsWith(end)))).toEqual([]);
    expect(ends.filter((end) => !alarms.some((alarm) => alarm.endsWith(end)))).toEqual([]);
  });

  test("says of every variable that it names only what is read", () => {
    const named = [...readme.matchAll(/ROYAL_[A-Z_]+[A-Z]/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !read.has(name))).toEqual([]);
  });
});
