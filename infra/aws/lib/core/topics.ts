import { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { Context } from "../context.ts";
import { severities } from "../names.ts";

/** One topic per severity, to which alarms of this account and the budget are told, and the mails that they go to. */
export function topics(scope: Construct, { environment, names }: Context, masterKey: IKey): void {
  for (const severity of severities) {
    const topic = new Topic(scope, `Topic-${severity}`, {
      topicName: names.topic(severity),
      masterKey,
      enforceSSL: true,
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsAndBudget",
        principals: [
          new ServicePrincipal("cloudwatch.amazonaws.com"),
          new ServicePrincipal("budgets.amazonaws.com"),
        ],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(scope).account } },
      }),
    );
    for (const mail of environment.alarmMails) topic.addSubscription(new EmailSubscription(mail));
  }
}
