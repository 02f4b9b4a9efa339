import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, CloudFormationValidatePlugin, type ValidationRuleSource, Validations } from "aws-cdk-lib";
import { Nag } from "./nag.ts";

/** Where our own rules are. */
export const rulesFolder = join(dirname(fileURLToPath(import.meta.url)), "guard");

/** Our own rules, which cfn-guard reads too. */
export function rules(): ValidationRuleSource[] {
  const files = readdirSync(rulesFolder).filter((name) => name.endsWith(".guard"));
  return files.map((name) => ({ name, content: readFileSync(join(rulesFolder, name), "utf8") }));
}

/** Has every synthesis of `app` fail on what cdk-nag and our own rules find. */
export function check(app: App): void {
  Validations.of(app).addPlugins(new Nag(), new CloudFormationValidatePlugin({ guardRules: rules() }));
}
