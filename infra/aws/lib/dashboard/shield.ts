import { type App, Names as Ids, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from "aws-cdk-lib/custom-resources";
import type { Construct } from "constructs";
import type { Context } from "../context.ts";
import type { Names } from "../names.ts";

/** Where CloudFront looks for its firewalls, wherever everything else is. */
const REGION = "us-east-1";
/** Requests of one address in five minutes. */
const MOST = 3000;
/** Paths whose bodies are other systems' words, signed by them: a product page in one looks like an attack. */
const SIGNED = ["/webhooks/", "/suppliers/"];

const parameter = (names: Names) => names.parameter("web-acl");

/** The firewall before the page and the API: known bad addresses and inputs, and how often one address may ask. */
export class ShieldStack extends Stack {
  constructor(app: App, { names }: Context) {
    super(app, names.stack("shield"), {
      description: "Royal Equips Orchestrator: the firewall before the page and the API",
      env: { region: REGION },
    });
    const acl = new CfnWebACL(this, "Acl", {
      name: names.of("shield"),
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      visibilityConfig: visible("shield"),
      rules: [
        rate(0),
        managed(1, "AWSManagedRulesAmazonIpReputationList"),
        managed(2, "AWSManagedRulesKnownBadInputsRuleSet"),
        // The API has a limit of its own for bodies, which is larger than this list's.
        managed(3, "AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY"], unsigned()),
      ],
    });
    new StringParameter(this, "Tell", { parameterName: parameter(names), stringValue: acl.attrArn });
  }
}

/** The firewall's ARN, read from its region when the stack of `scope` is deployed. */
export function webAclArn(scope: Construct, { names, environment }: Context): string {
  const name = parameter(names);
  const arn = Stack.of(scope).formatArn({
    service: "ssm",
    region: REGION,
    resource: "parameter",
    resourceName: name.slice(1),
  });
  const logGroup = new LogGroup(scope, "WebAclLog", {
    logGroupName: `/royal/${environment.name}/${Ids.uniqueResourceName(scope, { maxLength: 40 })}`,
    retention: RetentionDays.TWO_WEEKS,
  });
  const read = new AwsCustomResource(scope, "WebAcl", {
    onUpdate: {
      service: "SSM",
      action: "getParameter",
      parameters: { Name: name },
      region: REGION,
      physicalResourceId: PhysicalResourceId.of(name),
    },
    logGroup,
    installLatestAwsSdk: false,
    policy: AwsCustomResourcePolicy.fromStatements([
      new PolicyStatement({ actions: ["ssm:GetParameter"], resources: [arn] }),
    ]),
  });
  return read.getResponseField("Parameter.Value");
}

const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
  metricName,
});

function rate(priority: number): CfnWebACL.RuleProperty {
  return {
    name: "rate",
    priority,
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: { rateBasedStatement: { limit: MOST, aggregateKeyType: "IP" } },
    visibilityConfig: visible("rate"),
  };
}

function managed(
  priority: number,
  name: string,
  counted: readonly string[] = [],
  scopeDownStatement?: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
        ...(scopeDownStatement && { scopeDownStatement }),
      },
    },
    visibilityConfig: visible(name),
  };
}

function unsigned(): CfnWebACL.StatementProperty {
  const at = (searchString: string): CfnWebACL.StatementProperty => ({
    byteMatchStatement: {
      searchString,
      fieldToMatch: { uriPath: {} },
      positionalConstraint: "STARTS_WITH",
      textTransformations: [{ priority: 0, type: "NONE" }],
    },
  });
  return { notStatement: { statement: { orStatement: { statements: SIGNED.map(at) } } } };
}
