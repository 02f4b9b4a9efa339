import { Duration } from "aws-cdk-lib";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Context } from "../context.ts";
import { awsMetric, split } from "./alarms.ts";

/**
 * How many actions were carried out, of every kind together. The executors count them by kind, and a sum over kinds that
 * are not known beforehand cannot be watched for a day; so their lines are counted where they are written.
 */
export function executed(scope: Construct, { catalog, names }: Context): Metric {
  split(catalog, "actions_total", ["action_type", "status"]);
  const metricNamespace = `Royal/${names.env}`;
  for (const { name } of catalog.functions.filter((entry) => entry.kind === "executor")) {
    new MetricFilter(scope, `Executed-${name}`, {
      logGroup: LogGroup.fromLogGroupName(scope, `Log-${name}`, names.log(name)),
      filterPattern: FilterPattern.literal('{ $.status = "EXECUTED" && $.actions_total >= 1 }'),
      metricNamespace,
      metricName: "executed",
      metricValue: "$.actions_total",
    });
  }
  return awsMetric(metricNamespace, "executed", {}, "Sum", Duration.days(1).toMinutes());
}
