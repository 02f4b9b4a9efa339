import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { IConstruct } from "constructs";
import { ACCEPTED, type Accepted } from "./accepted.ts";

/**
 * What cdk-nag finds and nobody accepted. It runs at every synthesis, which fails on what it finds; what is accepted,
 * and why, is one list.
 */
export class Nag implements IPolicyValidationPlugin {
  readonly name = "cdk-nag";
  /** The entries of the list that something was accepted by. */
  readonly used = new Set<Accepted>();

  constructor(private readonly accepted: readonly Accepted[] = ACCEPTED) {}

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.look(context.appConstruct);
  }

  /** What is found below `scope`. */
  look(scope: IConstruct): PolicyValidationPluginReport {
    const found = new AwsSolutionsChecks(scope, { verbose: true }).validateScope(scope);
    const violations = found.violations
      .map((one) => this.left(one))
      .filter((one) => one.violatingResources.length > 0);
    return { success: violations.length === 0, violations };
  }

  private left(violation: PolicyViolation): PolicyViolation {
    const isAccepted = (path: string) => {
      const entry = this.accepted.find((one) => one.rule.test(violation.ruleName) && one.at.test(path));
      if (entry) this.used.add(entry);
      return entry !== undefined;
    };
    const left = violation.violatingResources.filter(({ constructPath }) => !isAccepted(constructPath ?? ""));
    return { ...violation, violatingResources: left };
  }
}
