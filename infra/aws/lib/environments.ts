import type { Node } from "constructs";

/** The names of the environments. */
export const environmentNames = ["dev", "staging", "prod"] as const;

/** One of the environments. */
export type EnvironmentName = (typeof environmentNames)[number];

/** In what one environment differs from another: everything else is the same in all. */
export interface Environment {
  readonly name: EnvironmentName;
  /** Whether the data outlives the stacks, and nothing can be deleted without lifting a protection first. */
  readonly keeps: boolean;
  /** Days for which log lines are kept. */
  readonly logDays: number;
  /** For which processor the functions were built. */
  readonly architecture: "arm64" | "x86_64";
  /** Whether functions reserve their concurrency; an account that may run only a few at once cannot. */
  readonly reserves: boolean;
  /** Whether a new version gets a tenth of the calls first, and is taken back when it fails. */
  readonly canary: boolean;
  /** `built` zips of `just build`; `placeholder` for checks of templates, where nothing is built. */
  readonly assets: "built" | "placeholder";
  /** Variables that every function gets (`ROYAL_FEEDS`, `ROYAL_SHOP_URL`, …). */
  readonly settings: Readonly<Record<string, string>>;
  /** Where the page is served: whence people sign in, and where they come back to. */
  readonly pageUrl?: string;
  /** Who gets a mail when something is wrong. */
  readonly alarmMails: readonly string[];
  /** Money that a month may cost, in US dollars, before somebody is told. */
  readonly monthlyBudget?: number;
}

/** The environment that the context asks for (`-c env=dev`, which is also the default). */
export function environment(node: Node): Environment {
  const name = node.tryGetContext("env") ?? "dev";
  if (!environmentNames.includes(name)) {
    throw new Error(`environment \`${name}\` is unknown: use -c env=${environmentNames.join("|")}`);
  }
  return {
    name,
    keeps: name === "prod",
    logDays: name === "prod" ? 90 : 14,
    architecture: node.tryGetContext("architecture") ?? "arm64",
    reserves: node.tryGetContext("reserve") !== "false",
    canary: node.tryGetContext("canary") === "true",
    assets: node.tryGetContext("assets") ?? "built",
    settings: {},
    alarmMails: [],
  };
}
