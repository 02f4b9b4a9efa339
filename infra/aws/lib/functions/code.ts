import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Code } from "aws-cdk-lib/aws-lambda";
import { root } from "../catalog.ts";
import type { Environment } from "../environments.ts";
import { machineOf } from "./machine.ts";

/** The folder in which `just build` puts what it made of `name`. */
export function builtIn(name: string): string {
  return join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "lambda", name);
}

function zipOf(name: string): string {
  return join(builtIn(name), "bootstrap.zip");
}

/** The program of a function, or what stands for it while only templates are looked at. */
export function codeOf(name: string, assets: Environment["assets"]): Code {
  const placeholder = join(dirname(fileURLToPath(import.meta.url)), "placeholder");
  return Code.fromAsset(assets === "placeholder" ? placeholder : zipOf(name));
}

/**
 * Sees to it that everything that is to be deployed was built, for the processor that it will run on.
 *
 * @throws with the functions that were not, and the command that builds them.
 */
export function assertBuilt(
  names: readonly string[],
  { assets, architecture }: Pick<Environment, "assets" | "architecture">,
): void {
  if (assets === "placeholder") return;
  const missing = names.filter((name) => !existsSync(zipOf(name)));
  if (missing.length > 0)
    throw new Error(
      `not built: ${missing.join(", ")}: run \`just build\`, or give -c assets=placeholder to look at templates only`,
    );
  const others = names.filter((name) => (machineOf(zipOf(name)) ?? architecture) !== architecture);
  if (others.length > 0)
    throw new Error(
      `not built for ${architecture}: ${others.join(", ")}: run \`just build\` for it, or give -c architecture=`,
    );
}
