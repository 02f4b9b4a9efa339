import { type App, Duration, Stack } from "aws-cdk-lib";
import { MathExpression } from "aws-cdk-lib/aws-cloudwatch";
import type { FunctionEntry } from "../catalog.ts";
import type { Context } from "../context.ts";
import { Alarms, awsMetric, ourMetric, percent } from "./alarms.ts";
import { board } from "./board.ts";
import { budget } from "./budget.ts";
import { executed } from "./executed.ts";

/** Minutes over which a share of failures is taken. */
const RUNS = 15;
/** Runs below which a share says little: people are told of it, and nobody is woken up. */
const LEAST = 10;
/** Of what an outside system allows, in percent, from which on it is near. */
const NEAR = 80;
/** Hours within which the analyst looks at revenue at least once. */
const LOOKS = 3;
/** A call that takes longer than this, in seconds, is slow; one that may take minutes has half of its time. */
const SLOW = 30;
/** What the functions ask of the table. */
const OPERATIONS = [
  "GetItem",
  "BatchGetItem",
  "Query",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "TransactWriteItems",
];

/** What tells people that something is wrong with the system as a whole, and what shows them how it is. */
export class WatchStack extends Stack {
  private readonly alarms: Alarms;

  constructor(
    app: App,
    private readonly context: Context,
  ) {
    super(app, context.names.stack("watch"), {
      description: "Royal Equips Orchestrator: alarms, the dashboard and the budget",
    });
    this.alarms = new Alarms(this, context.names);
    const { functions } = context.catalog;
    this.store();
    this.bus();
    for (const entry of functions) this.slowness(entry);
    for (const entry of functions.filter(({ kind }) => kind === "agent")) this.failures(entry);
    this.alarms.on(
      "critical",
      "nothing-executed",
      "Nothing was carried out for a day: is the stop on, is work coming in?",
      {
        metric: executed(this, context),
        below: 1,
        silence: "fault",
      },
    );
    this.revenue();
    for (const system of context.catalog.systems) this.outside(system);
    board(this, context);
    budget(this, context);
  }

  /** The table: what AWS could not do, and what it would not. */
  private store(): void {
    const table = { TableName: this.context.names.house };
    const failed = OPERATIONS.map((operation, at) => {
      const metric = awsMetric("AWS/DynamoDB", "SystemErrors", { ...table, Operation: operation });
      return [`m${at}`, metric] as const;
    });
    this.alarms.on(
      "critical",
      "store-unreachable",
      "The table fails: nothing is decided or carried out meanwhile.",
      {
        metric: new MathExpression({
          label: "requests that the table failed",
          expression: failed.map(([id]) => `FILL(${id},0)`).join("+"),
          usingMetrics: Object.fromEntries(failed),
          period: Duration.minutes(5),
        }),
        above: 5,
        silence: "fine",
      },
    );
    for (const what of ["Read", "Write"] as const) {
      this.alarms.on(
        "warning",
        `store-throttles-${what.toLowerCase()}s`,
        "The table refuses requests: is one partition hot?",
        {
          metric: awsMetric("AWS/DynamoDB", `${what}ThrottleEvents`, table),
          above: 10,
          silence: "fine",
        },
      );
    }
  }

  /** What the bus and the schedules could not deliver. */
  private bus(): void {
    const { house } = this.context.names;
    this.alarms.on(
      "critical",
      "events-undelivered",
      "The bus could not put events into a queue: look at its policy.",
      {
        metric: awsMetric("AWS/Events", "FailedInvocations", {}),
        above: 0,
        silence: "fine",
      },
    );
    this.alarms.on(
      "critical",
      "wakes-undelivered",
      "A schedule could not put its wake into a queue: look at its role.",
      {
        metric: awsMetric("AWS/Scheduler", "TargetErrorCount", { ScheduleGroup: house }),
        above: 0,
        silence: "fine",
      },
    );
  }

  private slowness({ name, timeoutSeconds }: FunctionEntry): void {
    const longest = Math.max(SLOW, timeoutSeconds > 4 * SLOW ? timeoutSeconds / 2 : 0);
    const seconds = Math.min(longest, timeoutSeconds * 0.8);
    const metric = awsMetric("AWS/Lambda", "Duration", { FunctionName: this.context.names.of(name) }, "p90");
    const means = `One call in ten of ${name} takes more than ${seconds} s: what it asks outside is slow, or it has too much to do.`;
    this.alarms.on("warning", `${name}-slow`, means, {
      metric,
      above: seconds * 1000,
      periods: 3,
      silence: "fine",
    });
  }

  /** Finance's limit of a fall is the analyst's, in the policies: here counts whether it was reached. */
  private revenue(): void {
    const fell = (statistic: string, hours: number) =>
      ourMetric(this.context.catalog, "revenue_fell", {}, statistic, hours * 60);
    this.alarms.on(
      "critical",
      "revenue-fell",
      "The last 24 hours earned less than the 24 before, by finance's limit or more: can customers pay, is the shop up?",
      // Who did not look does not say that it rose again.
      { metric: fell("Maximum", 1), above: 0, silence: "nothing" },
    );
    this.alarms.on(
      "warning",
      "revenue-unseen",
      `Nobody looked at revenue for ${LOOKS} hours, so nobody would see it fall: do the runs of finance-analyst fail?`,
      { metric: fell("SampleCount", LOOKS), below: 1, silence: "fault" },
    );
  }

  /** An outside system that is about to refuse us, or that fails so often that it is left alone. */
  private outside(system: string): void {
    const of = (name: string, statistic: string) =>
      ourMetric(this.context.catalog, name, { system }, statistic, RUNS);
    this.alarms.on(
      "warning",
      `${system}-limit`,
      `More than ${NEAR} % of what ${system} allows is used up, or it refused a request for that: who asks so much?`,
      { metric: of("outside_limit_used_percent", "Maximum"), above: NEAR, silence: "fine" },
    );
    this.alarms.on(
      "warning",
      `${system}-left-alone`,
      `${system} failed so often that it is left alone for a while: only what needs it waits.`,
      { metric: of("outside_left_alone_total", "Sum"), above: 0, silence: "fine" },
    );
  }

  /** An agent whose runs fail: at once from one in twenty on, and one in fifty, or one of a few, is told. */
  private failures({ name }: FunctionEntry): void {
    const runs = (outcome: string) =>
      ourMetric(this.context.catalog, "agent_runs_total", { agent: name, outcome }, "Sum", RUNS);
    const [failed, succeeded] = [runs("failed"), runs("succeeded")];
    const share = (least: number) =>
      percent("runs that failed, in percent", failed, [failed, succeeded], least, RUNS);
    const means = `More runs of ${name} fail than should: the page shows which, under Agents.`;
    this.alarms.on("critical", `${name}-fails`, means, {
      metric: share(LEAST),
      above: 5,
      silence: "fine",
    });
    this.alarms.on("warning", `${name}-falters`, means, {
      metric: share(1),
      above: 2,
      silence: "fine",
    });
  }
}
