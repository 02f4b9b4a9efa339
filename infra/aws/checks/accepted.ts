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

/** All that is accepted. An entry that nothing needs any more makes a test fail. */
export const ACCEPTED: readonly Accepted[] = [
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
