import { Stack } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { ScheduleEntry } from "../catalog.ts";
import type { Names } from "../names.ts";

/** For how long, and how often, a wake is tried that the queue does not take. The next one comes anyway. */
const TRIES = { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 };

/** Wakes at set times. What cannot be delivered ends where the function's own dead letters do. */
export class Schedules extends Construct {
  constructor(
    scope: Construct,
    private readonly names: Names,
    schedules: readonly ScheduleEntry[],
  ) {
    super(scope, "Schedules");
    const role = this.role(new Set(schedules.map((entry) => entry.function)));
    for (const entry of schedules) this.schedule(entry, role);
  }

  private schedule(entry: ScheduleEntry, role: Role): void {
    const flexible = entry.windowMinutes > 0;
    new CfnSchedule(this, entry.name, {
      name: entry.name.replace("/", "_"),
      groupName: this.names.house,
      scheduleExpression: entry.every,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: flexible
        ? { mode: "FLEXIBLE", maximumWindowInMinutes: entry.windowMinutes }
        : { mode: "OFF" },
      target: {
        arn: this.names.queueArn(this, entry.function),
        roleArn: role.roleArn,
        input: JSON.stringify(entry.message),
        retryPolicy: TRIES,
        deadLetterConfig: { arn: this.names.deadArn(this, entry.function) },
      },
    });
  }

  /** Only schedules of our group take this role. */
  private role(functions: ReadonlySet<string>): Role {
    const { account } = Stack.of(this);
    const group = Stack.of(this).formatArn({
      service: "scheduler",
      resource: "schedule-group",
      resourceName: this.names.house,
    });
    const queues = [...functions].flatMap((name) => [
      this.names.queueArn(this, name),
      this.names.deadArn(this, name),
    ]);
    return new Role(this, "Role", {
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": account, "aws:SourceArn": group } },
      }),
      inlinePolicies: {
        Wakes: new PolicyDocument({
          statements: [
            new PolicyStatement({ sid: "Wakes", actions: ["sqs:SendMessage"], resources: queues }),
          ],
        }),
      },
    });
  }
}
