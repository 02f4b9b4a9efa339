import type { Node } from "constructs";
import { Settings } from "./settings.ts";

/** The names of the environments. */
export const environmentNames = ["dev", "staging", "prod"] as const;

/** One of the environments. */
export type EnvironmentName = (typeof environmentNames)[number];

/** A name of our own for the page. */
export interface Domain {
  readonly name: string;
  /** Its certificate in ACM, in us-east-1, where CloudFront looks for it. */
  readonly certificateArn: string;
}

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
  /** Whether a firewall stands before the page and the API. */
  readonly waf: boolean;
  /** `built` zips of `just build`; `placeholder` for checks of templates, where nothing is built. */
  readonly assets: "built" | "placeholder";
  /** Variables that every function gets (`ROYAL_FEEDS`, `ROYAL_SHOP_URL`, …). */
  readonly settings: Readonly<Record<string, string>>;
  /** Where the page is served: whence people sign in, and where they come back to. */
  readonly pageUrl?: string;
  /** The page's own name; without one it has CloudFront's. */
  readonly domain?: Domain;
  /** The partner event source that the shop sends its webhooks to, beside HTTP. */
  readonly shopifyEventSource?: string;
  /** Who gets a mail when something is wrong. */
  readonly alarmMails: readonly string[];
  /** Money that a month may cost, in US dollars, before somebody is told. */
  readonly monthlyBudget?: number;
}

/**
 * The environment that the context asks for (`-c env=dev`, which is also the default). What differs is under
 * `environments` in cdk.json, by name; `-c` on the command line goes before it.
 *
 * @throws with every setting that is wrong, and what it may be.
 */
export function environment(node: Node): Environment {
  const name = named(node.tryGetContext("env") ?? "dev");
  const settings = new Settings(node, name);
  const prod = name === "prod";
  const page = settings.text(
    "pageUrl",
    /^https:\/\/[a-z0-9.-]+$/,
    "an address such as `https://royal.example.com`",
  );
  const domain = domainOf(settings);
  const source = settings.text(
    "shopifyEventSource",
    /^aws\.partner\/shopify\.com\/[^/]+\/[^/]+$/,
    "a source such as `aws.partner/shopify.com/<app>/<source>`",
  );
  const budget = settings.number("monthlyBudget");
  const environment: Environment = {
    name,
    keeps: settings.flag("keeps", prod),
    logDays: prod ? 90 : 14,
    architecture: settings.oneOf("architecture", ["arm64", "x86_64"]),
    reserves: settings.flag("reserve", true),
    canary: settings.flag("canary", false),
    waf: settings.flag("waf", false),
    assets: settings.oneOf("assets", ["built", "placeholder"]),
    settings: settings.variables("settings"),
    alarmMails: settings.list("alarmMails", /^[^@\s]+@[^@\s]+$/, "mail addresses separated by `;`"),
    ...(page && { pageUrl: page }),
    ...(domain && { domain, pageUrl: page ?? `https://${domain.name}` }),
    ...(source && { shopifyEventSource: source }),
    ...(budget && { monthlyBudget: budget }),
  };
  settings.finish();
  return environment;
}

function named(name: string): EnvironmentName {
  const found = environmentNames.find((one) => one === name);
  if (found) return found;
  throw new Error(`environment \`${name}\` is unknown: use -c env=${environmentNames.join("|")}`);
}

function domainOf(settings: Settings): Domain | undefined {
  const name = settings.text("domain", /^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a name such as `royal.example.com`");
  const arn = settings.text(
    "certificateArn",
    /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/.+$/,
    "the ARN of a certificate in us-east-1",
  );
  if (name && !arn)
    settings.problem("certificateArn", "is not set, and `domain` is: CloudFront needs a certificate for it");
  return name && arn ? { name, certificateArn: arn } : undefined;
}
