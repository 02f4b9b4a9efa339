import { ArnFormat, Stack } from "aws-cdk-lib";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";
import type { Environment } from "./environments.ts";

/** What stacks tell each other under `/royal/<env>/`, where a name alone does not say it. */
export type Told =
  | "table-stream"
  | "issuer"
  | "audience"
  | "sign-in-url"
  | "live-host"
  | "api-host"
  | "web-acl";

/**
 * The names of everything that stacks name to each other.
 *
 * They are fixed, so that no stack exports a value that another one then keeps it from changing; what AWS makes up
 * itself is told through parameters.
 */
export class Names {
  readonly env: string;

  constructor(environment: Environment) {
    this.env = environment.name;
  }

  /** A stack: `royal-dev-core`. */
  stack(name: string): string {
    return `${this.prefix}${name}`;
  }

  /** What every name begins with: `royal-dev-`. */
  get prefix(): string {
    return `royal-${this.env}-`;
  }

  /** The table, the bus, the group of schedules: `royal-dev`. */
  get house(): string {
    return `royal-${this.env}`;
  }

  /** A function, and its queue. */
  of(name: string): string {
    return `${this.prefix}${name}`;
  }

  /** Where what a function cannot handle ends. */
  dead(name: string): string {
    return `${this.prefix}${name}-dead`;
  }

  /** The log of a function. */
  log(name: string): string {
    return `/aws/lambda/${this.of(name)}`;
  }

  /** A topic of alarms. */
  topic(severity: Severity): string {
    return `${this.prefix}${severity}`;
  }

  /** What every secret's name begins with. */
  get secrets(): string {
    return `royal/${this.env}/`;
  }

  /** The parameter in which a stack tells others something. */
  parameter(told: Told): string {
    return `/royal/${this.env}/${told}`;
  }

  /** Tells other stacks a value. */
  tell(scope: Construct, told: Told, value: string): void {
    new StringParameter(scope, `Tell-${told}`, { parameterName: this.parameter(told), stringValue: value });
  }

  /** A value that another stack tells, as it is when this one is deployed. */
  told(scope: Construct, told: Told): string {
    return StringParameter.valueForStringParameter(scope, this.parameter(told));
  }

  /** The ARN of the table. */
  tableArn(scope: Construct): string {
    return Stack.of(scope).formatArn({ service: "dynamodb", resource: "table", resourceName: this.house });
  }

  /** The ARN of the bus. */
  busArn(scope: Construct): string {
    return Stack.of(scope).formatArn({ service: "events", resource: "event-bus", resourceName: this.house });
  }

  /** The ARN of a queue. */
  queueArn(scope: Construct, name: string): string {
    return Stack.of(scope).formatArn({ service: "sqs", resource: this.of(name) });
  }

  /** The ARN of the queue where what a function cannot handle ends. */
  deadArn(scope: Construct, name: string): string {
    return Stack.of(scope).formatArn({ service: "sqs", resource: this.dead(name) });
  }

  /** The ARN of a rule of the bus. */
  ruleArn(scope: Construct, name: string): string {
    const resourceName = `${this.house}/${name}`;
    return Stack.of(scope).formatArn({ service: "events", resource: "rule", resourceName });
  }

  /** The ARN of a function. */
  functionArn(scope: Construct, name: string): string {
    return Stack.of(scope).formatArn({
      service: "lambda",
      resource: "function",
      resourceName: this.of(name),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The ARN of a secret, but for the six characters that AWS adds to its name. */
  secretArn(scope: Construct, name: string): string {
    return Stack.of(scope).formatArn({
      service: "secretsmanager",
      resource: "secret",
      resourceName: `${this.secrets}${name}-??????`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The ARN of a topic of alarms. */
  topicArn(scope: Construct, severity: Severity): string {
    return Stack.of(scope).formatArn({ service: "sns", resource: this.topic(severity) });
  }

  /** What every queue's URL begins with; the function's name follows. */
  queueUrls(scope: Construct): string {
    const { account, region, urlSuffix } = Stack.of(scope);
    return `https://sqs.${region}.${urlSuffix}/${account}/${this.prefix}`;
  }
}

/** How soon somebody has to look: at once, or within the day. */
export const severities = ["critical", "warning"] as const;

/** One of them. */
export type Severity = (typeof severities)[number];
