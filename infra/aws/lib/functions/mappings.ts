import { Duration } from "aws-cdk-lib";
import { EventSourceMapping, FilterCriteria, type IFunction, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { SqsDlq } from "aws-cdk-lib/aws-lambda-event-sources";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { FunctionEntry } from "../catalog.ts";

/**
 * For how long the stream is held up by what cannot be sent, before it is given up. The stream keeps a change for 24
 * hours: what is given up after 20 can still be fetched by its number for four.
 */
const HELD_UP = Duration.hours(20);
/** The most that Lambda tries; the time above ends it sooner. */
const TRIES = 10_000;

/** Has `target` called with what is in its queue; a message that fails comes again alone. */
export function mapQueue(scope: Construct, entry: FunctionEntry, target: IFunction, queue: IQueue): void {
  const share = entry.wakes.length > 1 ? Math.floor(entry.concurrency / 2) : entry.concurrency;
  new EventSourceMapping(scope, "Messages", {
    target,
    eventSourceArn: queue.queueArn,
    batchSize: entry.batch,
    reportBatchItemFailures: true,
    maxConcurrency: Math.max(2, share),
  });
}

/** Has `target` called with the changes of the table that its filters let through, in order. */
export function mapStream(
  scope: Construct,
  entry: FunctionEntry,
  target: IFunction,
  { streamArn, dead }: { readonly streamArn: string; readonly dead: IQueue },
): void {
  const filters = entry.filters.map((pattern) => FilterCriteria.filter(pattern as Record<string, unknown>));
  new EventSourceMapping(scope, "Changes", {
    target,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: entry.batch,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: TRIES,
    maxRecordAge: HELD_UP,
    onFailure: new SqsDlq(dead),
    ...(filters.length > 0 && { filters }),
  });
}
