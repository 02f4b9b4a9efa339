import { Duration } from "aws-cdk-lib";
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  PeriodOverride,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Context } from "../context.ts";
import { awsMetric, ourMetric, split } from "./alarms.ts";

const HALF = 12;
const HEIGHT = 6;

/** The dashboard: is work coming in, is it decided, is it done, does anything wait or fail. */
export function board(scope: Construct, context: Context): void {
  const { catalog, names } = context;
  const queued = catalog.functions.filter((entry) => entry.wakes.includes("queue"));
  const queue = (name: string, metric: string) =>
    awsMetric("AWS/SQS", metric, { QueueName: name }, "Maximum", 1);
  new Dashboard(scope, "Board", {
    dashboardName: names.house,
    defaultInterval: Duration.hours(12),
    periodOverride: PeriodOverride.AUTO,
    widgets: [
      [found(context, "Actions by status", "actions_total"), found(context, "Decisions", "decisions_total")],
      [
        graph("Revenue of 24 hours, and of the 24 before, in euro cents", [
          ourMetric(catalog, "revenue_last_day_cents", {}, "Maximum", 60),
          ourMetric(catalog, "revenue_day_before_cents", {}, "Maximum", 60),
        ]),
        found(
          context,
          "Used of what outside systems allow, in percent",
          "outside_limit_used_percent",
          "Maximum",
        ),
      ],
      [
        found(context, "Runs of agents", "agent_runs_total"),
        graph(
          "Waiting in queues",
          queued.map(({ name }) => queue(names.of(name), "ApproximateNumberOfMessagesVisible")),
        ),
      ],
      [
        graph(
          "Age of the oldest message",
          queued.map(({ name }) => queue(names.of(name), "ApproximateAgeOfOldestMessage")),
        ),
        graph(
          "In dead-letter queues",
          queued.map(({ name }) => queue(names.dead(name), "ApproximateNumberOfMessagesVisible")),
        ),
      ],
      [lambda(context, "Duration", "p90"), lambda(context, "ConcurrentExecutions", "Maximum")],
      [lambda(context, "Errors", "Sum"), lambda(context, "Throttles", "Sum")],
    ],
  });
}

function lambda({ catalog, names }: Context, metric: string, statistic: string): IWidget {
  const of = ({ name }: { name: string }) =>
    awsMetric("AWS/Lambda", metric, { FunctionName: names.of(name) }, statistic, 1).with({ label: name });
  return graph(`${metric} of functions (${statistic})`, catalog.functions.map(of));
}

/** All series of a metric of ours, whatever its dimensions hold. */
function found({ catalog }: Context, title: string, metric: string, statistic = "Sum"): IWidget {
  const dimensions = split(catalog, metric).join(",");
  const expression = `SEARCH('{Royal,${dimensions}} MetricName="${metric}"', '${statistic}', 300)`;
  return graph(title, [new MathExpression({ expression, label: "", period: Duration.minutes(5) })]);
}

function graph(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, width: HALF, height: HEIGHT });
}
