/** A finding of cdk-nag that is accepted, and why. */
export interface Accepted {
  /** The rule, with what it found where it says so. */
  readonly rule: RegExp;
  /** Paths of the constructs. */
  readonly at: RegExp;
  readonly reason: string;
}

/** The functions that the CDK's own helpers bring along to put files into buckets and to empty them. */
const HELPER = /-dashboard\/(Custom::CDKBucketDeployment|AWS[0-9a-f]{32}\/)/;

/** The role of a function of the catalogue. */
const ROLE = /^royal-[a-z]+-[a-z]+\/([a-z-]+)\/Role\//;

/** All that is accepted. An entry that nothing needs any more makes a test fail. */
export const ACCEPTED: readonly Accepted[] = [
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: ROLE,
    reason: "traces have no ARN: `*` is the only resource that X-Ray knows; the IAM test finds any other",
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:[^[\]]*:log-group:\/aws\/lambda\/[a-z-]+:\*\]$/,
    at: ROLE,
    reason: "a function writes to its own log group, in which Lambda names the streams",
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:[^[\]]*:execute-api:.*\/@connections\/\*\]$/,
    at: ROLE,
    reason: "connections to the one WebSocket API get their names when people connect",
  },
  {
    rule: /^AwsSolutions-IAM4\[.*AmazonAPIGatewayPushToCloudWatchLogs\]$/,
    at: /-edge\/Live\/LogRole\//,
    reason: "API Gateway refuses a role for its logs that allows less than this policy",
  },
  {
    rule: /^AwsSolutions-IAM4\[.*AWSCodeDeployRoleForLambdaLimited\]$/,
    at: /^royal-[a-z]+-[a-z]+\/Release\/Role\//,
    reason: "CodeDeploy moves aliases and asks alarms; AWS keeps the policy for it as narrow as it can",
  },
  {
    rule: /^AwsSolutions-SQS3$/,
    at: /^royal-[a-z]+-[a-z]+\/([a-z-]+|Partner)\/Dead\//,
    reason: "it is a dead-letter queue: of the table's stream or of a rule, which cdk-nag does not recognise",
  },
  {
    rule: /^AwsSolutions-COG2$/,
    at: /^royal-dev-core\/People\/Pool\//,
    reason: "nobody decides about money in dev; everywhere else a second factor is required",
  },
  {
    rule: /^AwsSolutions-COG8$/,
    at: /-core\/People\/Pool\//,
    reason:
      "the plan with threat protection is paid by the person and month; a second factor is required instead",
  },
  {
    rule: /^AwsSolutions-IAM4\[.*AWSLambdaBasicExecutionRole\]$/,
    at: HELPER,
    reason:
      "the CDK's helpers, which run while a stack is deployed and at no other time, log as AWS lets functions log",
  },
  {
    rule: /^AwsSolutions-IAM5\[(Action::s3:|Resource::)/,
    at: /-dashboard\/Custom::CDKBucketDeployment/,
    reason:
      "the CDK's helper copies files, whose names nobody knows beforehand, from the CDK's bucket to the page's",
  },
  {
    rule: /^AwsSolutions-L1$/,
    at: HELPER,
    reason: "which runtime the CDK's helpers run on is the CDK's choice, and changes with its version",
  },
  {
    rule: /^AwsSolutions-S1$/,
    at: /-dashboard\/Page\/(Files|Logs)\//,
    reason:
      "only CloudFront reads the page's files, and its requests are logged; the log of the log would have no end",
  },
  {
    rule: /^AwsSolutions-CFR1$/,
    at: /-dashboard\/Page\/Distribution\//,
    reason: "approvers travel: who may decide is asked of the person, not of the country",
  },
  {
    rule: /^AwsSolutions-CFR2$/,
    at: /-dashboard\/Page\/Distribution\//,
    reason: "the firewall costs money by the month and is a switch: -c waf=true",
  },
  {
    rule: /^AwsSolutions-CFR4$/,
    at: /-dashboard\/Page\/Distribution\//,
    reason: "CloudFront's own name allows no other choice; with a domain of one's own it is TLS 1.2 or later",
  },
  {
    rule: /^AwsSolutions-APIG4$/,
    at: /-edge\/(Http|Live)\//,
    reason:
      "what is reached without a token is health, documentation and what comes signed; on the WebSocket the function reads the token",
  },
];
