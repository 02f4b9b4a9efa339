import type { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from "aws-cdk-lib/aws-codedeploy";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Alias, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Names } from "../names.ts";

/** Lets a new version of a function have a tenth of the calls for five minutes, and takes it back if it fails. */
export class Release extends Construct {
  private readonly application: LambdaApplication;
  private readonly role: Role;

  constructor(
    scope: Construct,
    private readonly names: Names,
    stack: string,
  ) {
    super(scope, "Release");
    this.application = new LambdaApplication(this, "Application", { applicationName: names.of(stack) });
    this.role = new Role(this, "Role", { assumedBy: new ServicePrincipal("codedeploy.amazonaws.com") });
  }

  /** The version of `of` that is called. */
  alias(of: LambdaFunction): Alias {
    return new Alias(of, "Live", { aliasName: "live", version: of.currentVersion });
  }

  /** Has `alias` move to a new version step by step, as long as `alarm` is silent. */
  careful(alias: Alias, name: string, alarm: Alarm): void {
    new LambdaDeploymentGroup(alias, "Release", {
      application: this.application,
      deploymentGroupName: this.names.of(name),
      alias,
      role: this.role,
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: [alarm],
    });
  }
}
