import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ISource, Source } from "aws-cdk-lib/aws-s3-deployment";
import { root } from "../catalog.ts";
import type { Environment } from "../environments.ts";

/** What the page has to know before anybody has signed in: `Config` of functions/dashboard/src/session. */
export interface PageConfig {
  /** Whether shop and money are invented: never here. */
  readonly sandbox: false;
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  /** Address of the live events. */
  readonly live: string;
}

/**
 * The built page.
 *
 * @throws with the command that builds it, where it is not there.
 */
export function pageFiles(
  assets: Environment["assets"],
  folder = join(root, "functions/dashboard/dist"),
): ISource {
  if (assets === "placeholder") return Source.data("index.html", "<!doctype html><title>placeholder</title>");
  if (existsSync(join(folder, "index.html"))) return Source.asset(folder);
  throw new Error(
    "the page is not built: run `just build`, or give -c assets=placeholder to look at templates only",
  );
}
