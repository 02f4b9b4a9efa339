import { Duration } from "aws-cdk-lib";
import { EventBus, Match, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { RoyalFunction } from "../functions/function.ts";

/** What the second door for the shop's webhooks is made of. */
export interface PartnerProps {
  /** Name of the partner event source that the shop sends to: `aws.partner/shopify.com/<app>/<source>`. */
  readonly source: string;
  /** The function that takes webhooks. */
  readonly target: RoyalFunction;
  /** Name of the queue of what could not be delivered. */
  readonly dead: string;
}

/**
 * Webhooks over EventBridge instead of HTTP. Creating the bus accepts the source; from then on only the shop's app can
 * put events on it, so they carry no signature. What cannot be delivered for a day, or is not understood, waits in a queue
 * of its own.
 */
export class Partner extends Construct {
  constructor(scope: Construct, id: string, props: PartnerProps) {
    super(scope, id);
    const bus = new EventBus(this, "Bus", { eventSourceName: props.source });
    const deadLetterQueue = new Queue(this, "Dead", {
      queueName: props.dead,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    props.target.givesUpTo(deadLetterQueue);
    new Rule(this, "Rule", {
      eventBus: bus,
      description: "the shop's webhooks",
      eventPattern: { source: Match.prefix("aws.partner/shopify.com") },
      targets: [
        new LambdaFunction(props.target.handler, {
          deadLetterQueue,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185,
        }),
      ],
    });
  }
}
