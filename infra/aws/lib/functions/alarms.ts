import type { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import type { FunctionEntry } from "../catalog.ts";
import { type Alarms, awsMetric, percent } from "../watch/alarms.ts";

/** Messages in a queue above which nobody can keep up. */
const LONG = 1000;
/** Calls that fail, in percent, over this many minutes, once there were so many. */
const FAILING = { percent: 5, minutes: 15, least: 10 };
/** Minutes that the stream may be behind. */
const BEHIND = 5;
/** Minutes without a call of what is woken every minute. */
const SILENT = 15;

/** What a function's queues are called. */
export interface Watched {
  readonly entry: FunctionEntry;
  /** The function. */
  readonly name: string;
  /** Its queue, if it has one. */
  readonly queue?: string | undefined;
  /** Whether a schedule wakes it every minute. */
  readonly ticks?: boolean;
  /** Where what it cannot handle ends. */
  readonly dead?: string | undefined;
}

/** The alarms of one function; returns the one by which a new version is taken back. */
export function watch(alarms: Alarms, watched: Watched): Alarm {
  const { entry, queue, dead } = watched;
  if (queue) {
    const metric = awsMetric(
      "AWS/SQS",
      "ApproximateNumberOfMessagesVisible",
      { QueueName: queue },
      "Maximum",
    );
    const means = `More than ${LONG} messages wait for ${entry.name}: it is stopped, fails, or has too few calls at once.`;
    alarms.on("critical", `${entry.name}-queue`, means, { metric, above: LONG, silence: "fine" });
  }
  if (dead) {
    const metric = awsMetric("AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: dead }, "Maximum");
    const means = `${entry.name} gave up on something: read the message, look for its id in the log, and redrive it.`;
    alarms.on("critical", `${entry.name}-dead`, means, { metric, above: 0, silence: "fine" });
  }
  if (entry.wakes.includes("stream")) behind(alarms, watched);
  if (watched.ticks) silent(alarms, watched);
  return failing(alarms, watched);
}

function behind(alarms: Alarms, { entry, name }: Watched): void {
  const metric = awsMetric("AWS/Lambda", "IteratorAge", { FunctionName: name }, "Maximum");
  const means = `${entry.name} is more than ${BEHIND} minutes behind: what is committed is not sent.`;
  alarms.on("critical", `${entry.name}-behind`, means, { metric, above: BEHIND * 60_000, silence: "fine" });
}

/** Where everything stands still, nothing fails, so nothing else goes off. */
function silent(alarms: Alarms, { entry, name }: Watched): void {
  const metric = awsMetric("AWS/Lambda", "Invocations", { FunctionName: name }, "Sum", SILENT);
  const means = `${entry.name} was not called for ${SILENT} minutes, and a schedule wakes it every minute: is Scheduler, the queue or Lambda ill?`;
  alarms.on("critical", `${entry.name}-silent`, means, { metric, below: 1, silence: "fault" });
}

function failing(alarms: Alarms, { entry, name }: Watched): Alarm {
  const of = (metric: string) =>
    awsMetric("AWS/Lambda", metric, { FunctionName: name }, "Sum", FAILING.minutes);
  const calls = [of("Invocations")];
  const metric = percent(
    "calls that failed, in percent",
    of("Errors"),
    calls,
    FAILING.least,
    FAILING.minutes,
  );
  const means = `Calls of ${entry.name} crash or run out of time: look at its log.`;
  return alarms.on("critical", `${entry.name}-errors`, means, {
    metric,
    above: FAILING.percent,
    silence: "fine",
  });
}
