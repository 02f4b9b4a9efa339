import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import { type DeadLetterQueue, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { FunctionEntry } from "../catalog.ts";
import type { Names } from "../names.ts";

/** Deliveries after which a message goes to the dead-letter queue; agents know of it and give up by themselves. */
const DELIVERIES = 5;
/** The longest that SQS keeps a message. */
const KEPT = Duration.days(14);

/** What a function's queues are made from. */
export interface QueueProps {
  readonly entry: FunctionEntry;
  readonly names: Names;
  readonly removalPolicy: RemovalPolicy;
}

/** Where what a function cannot handle ends. */
export function deadQueue(scope: Construct, { entry, names, removalPolicy }: QueueProps): Queue {
  return new Queue(scope, "Dead", { ...common(names.dead(entry.name)), removalPolicy });
}

/** What a function takes its messages from. It hides one for six times as long as the function has. */
export function ownQueue(scope: Construct, { entry, names, removalPolicy }: QueueProps, dead: Queue): Queue {
  const deadLetterQueue: DeadLetterQueue = { queue: dead, maxReceiveCount: DELIVERIES };
  const visibilityTimeout = Duration.seconds(entry.visibilitySeconds);
  return new Queue(scope, "Queue", {
    ...common(names.of(entry.name)),
    visibilityTimeout,
    deadLetterQueue,
    removalPolicy,
  });
}

/** Messages say what there is to do, never what it is: SQS's own encryption is enough, and costs no request. */
function common(queueName: string) {
  return { queueName, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: KEPT };
}
