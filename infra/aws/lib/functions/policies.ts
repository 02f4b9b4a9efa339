import { join } from "node:path";
import { IgnoreMode } from "aws-cdk-lib";
import { Architecture, Code, LayerVersion } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { root } from "../catalog.ts";
import type { Names } from "../names.ts";

/** Where a function finds the rules that it was delivered with. */
export const POLICIES = "/opt";

/** The rules as a layer: they decide until a revision is published, and change without building any program. */
export function policies(scope: Construct, stack: string, names: Names): LayerVersion {
  return new LayerVersion(scope, "Policies", {
    layerVersionName: names.of(`policies-${stack}`),
    description: "The rules that decide until a revision is published",
    code: Code.fromAsset(join(root, "policies"), {
      ignoreMode: IgnoreMode.GIT,
      exclude: ["*", "!*/", "!*.rego", "*_test.rego"],
    }),
    compatibleArchitectures: [Architecture.ARM_64, Architecture.X86_64],
  });
}
