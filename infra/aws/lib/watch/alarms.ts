import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Catalog } from "../catalog.ts";
import type { Names, Severity } from "../names.ts";

/** What it means that nothing was measured: every alarm has to say. */
export const SILENCE = {
  /** Nothing happened that could have gone wrong, and that nothing happens is watched by another alarm. */
  fine: TreatMissingData.NOT_BREACHING,
  /** It is measured all the time: that it is not is a fault of its own. */
  fault: TreatMissingData.BREACHING,
  /** It says nothing new: what was known last still holds. */
  nothing: TreatMissingData.IGNORE,
} as const;

/** When an alarm goes off. */
export interface When {
  readonly metric: IMetric;
  /** Above this. */
  readonly above?: number;
  /** Below this. */
  readonly below?: number;
  /** Periods in a row. Default 1. */
  readonly periods?: number;
  /** What it means that nothing was measured. */
  readonly silence: keyof typeof SILENCE;
}

/** Alarms that are sent to the people who look after the system: at once, or to be looked at within the day. */
export class Alarms extends Construct {
  private readonly actions: Readonly<Record<Severity, IAlarmAction>>;

  constructor(
    scope: Construct,
    private readonly names: Names,
  ) {
    super(scope, "Alarms");
    const action = (severity: Severity) =>
      new SnsAction(Topic.fromTopicArn(this, `To-${severity}`, names.topicArn(this, severity)));
    this.actions = { critical: action("critical"), warning: action("warning") };
  }

  /** An alarm; `means` says what is the matter, and where to look. */
  on(severity: Severity, name: string, means: string, when: When): Alarm {
    const { metric, above, below, periods = 1, silence } = when;
    const alarm = new Alarm(this, name, {
      alarmName: `${this.names.prefix}${name}`,
      alarmDescription: means,
      metric,
      threshold: above ?? below ?? 0,
      comparisonOperator:
        above === undefined
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: SILENCE[silence],
    });
    alarm.addAlarmAction(this.actions[severity]);
    alarm.addOkAction(this.actions[severity]);
    return alarm;
  }
}

/** A metric of AWS itself, of one thing. */
export function awsMetric(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
  statistic = "Sum",
  minutes = 5,
): Metric {
  return new Metric({ namespace, metricName, dimensionsMap, statistic, period: Duration.minutes(minutes) });
}

/**
 * A metric of ours, as the functions write it.
 *
 * @throws when the catalogue has none that is split like this: nobody would ever write it.
 */
export function ourMetric(
  catalog: Catalog,
  metricName: string,
  dimensions: Record<string, string>,
  statistic = "Sum",
  minutes = 5,
): Metric {
  split(catalog, metricName, Object.keys(dimensions));
  return awsMetric("Royal", metricName, dimensions, statistic, minutes);
}

/** What a metric of ours is split by. @throws as `ourMetric`. */
export function split(catalog: Catalog, name: string, by?: readonly string[]): readonly string[] {
  const known = catalog.metrics.find((metric) => metric.name === name);
  if (!known || (by && [...known.by].sort().join() !== [...by].sort().join())) {
    throw new Error(
      `no function measures \`${name}\`${by ? ` by \`${by.join("`, `")}\`` : ""}: see catalog.toml`,
    );
  }
  return known.by;
}

/** `part` of `whole`, in percent, once there are at least `least` of the whole. The whole may be several, to be added up. */
export function percent(
  label: string,
  part: IMetric,
  whole: readonly IMetric[],
  least: number,
  minutes: number,
): MathExpression {
  const parts = Object.fromEntries(whole.map((metric, at) => [`w${at}`, metric]));
  const sum = Object.keys(parts)
    .map((id) => `FILL(${id},0)`)
    .join("+");
  return new MathExpression({
    label,
    expression: `IF(${sum} >= ${least}, 100*FILL(part,0)/(${sum}), 0)`,
    usingMetrics: { part, ...parts },
    period: Duration.minutes(minutes),
  });
}
