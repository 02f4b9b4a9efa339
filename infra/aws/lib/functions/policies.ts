import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { IgnoreMode } from "aws-cdk-lib";
import { Architecture, Code, LayerVersion } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { root } from "../catalog.ts";
import type { Context } from "../context.ts";
import type { Environment } from "../environments.ts";
import { builtIn } from "./code.ts";

const FOLDER = join(root, "policies");
/** The file of rules and no tests, which alone decide what a revision is. */
const RULES = ["*", "!*/", "!*.rego", "*_test.rego"];

/** The rules that a function is delivered with: in the layer, and where the function finds them. */
interface Delivered {
  readonly code: () => Code;
  readonly path: string;
}

/**
 * The bundle that `just build` makes of the rules, which a function opens ten times as fast as it compiles them; the
 * rules themselves, where there is none.
 *
 * @throws when the rules were changed since.
 */
export function delivered(
  assets: Environment["assets"],
  bundle = join(builtIn("policies"), "policies.bundle"),
): Delivered {
  if (assets === "placeholder" || !existsSync(bundle)) {
    const code = () => Code.fromAsset(FOLDER, { ignoreMode: IgnoreMode.GIT, exclude: RULES });
    return { code, path: "/opt" };
  }
  if (newest(FOLDER) > statSync(bundle).mtimeMs)
    throw new Error("policies.bundle is older than the rules that it was made of: run `just build`");
  return { code: () => Code.fromAsset(dirname(bundle)), path: "/opt/policies.bundle" };
}

/** The rules as a layer: they decide until a revision is published, and change without building any program. */
export function policies(scope: Construct, stack: string, { environment, names }: Context): LayerVersion {
  return new LayerVersion(scope, "Policies", {
    layerVersionName: names.of(`policies-${stack}`),
    description: "The rules that decide until a revision is published",
    code: delivered(environment.assets).code(),
    compatibleArchitectures: [Architecture.ARM_64, Architecture.X86_64],
  });
}

/** When the last of the rules in `folder` was changed. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".rego"),
  );
  return Math.max(...files.map((name) => statSync(join(folder, name)).mtimeMs));
}
