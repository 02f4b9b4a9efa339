import { CfnRule } from "aws-cdk-lib/aws-events";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { RuleEntry } from "../catalog.ts";
import type { Names } from "../names.ts";

/** A rule of the bus that puts a message into `queue`; what it does not take goes to `dead`. */
export function rule(
  scope: Construct,
  entry: RuleEntry,
  { names, queue, dead }: { readonly names: Names; readonly queue: Queue; readonly dead: Queue },
): void {
  const transformer = entry.template && { inputPathsMap: { ...entry.paths }, inputTemplate: entry.template };
  const made = new CfnRule(scope, `Rule-${entry.name}`, {
    name: entry.name,
    eventBusName: names.house,
    eventPattern: entry.pattern,
    state: "ENABLED",
    targets: [
      {
        id: "queue",
        arn: queue.queueArn,
        deadLetterConfig: { arn: dead.queueArn },
        ...(transformer && { inputTransformer: transformer }),
      },
    ],
  });
  const arn = names.ruleArn(scope, entry.name);
  for (const each of [queue, dead]) admit(each, entry.name, arn);
  made.node.addDependency(queue);
}

/** Lets the bus put what this rule found into a queue. */
function admit(queue: Queue, name: string, ruleArn: string): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      sid: `Rule${name.replace(/[^A-Za-z0-9]/g, "")}`,
      principals: [new ServicePrincipal("events.amazonaws.com")],
      actions: ["sqs:SendMessage"],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { "aws:SourceArn": ruleArn } },
    }),
  );
}
