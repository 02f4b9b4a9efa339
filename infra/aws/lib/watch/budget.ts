import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import type { Context } from "../context.ts";

/** Shares of the budget, in percent, at which somebody is told. */
const SHARES = [50, 80, 100] as const;

/**
 * Tells people by mail what a month has cost, and when more is on its way than it may. It counts what carries the
 * environment's tag, which has to be switched on once as a cost allocation tag.
 */
export function budget(scope: Construct, { environment, names }: Context): void {
  const { monthlyBudget, alarmMails } = environment;
  if (!monthlyBudget) return;
  if (alarmMails.length === 0) {
    throw new Error(
      "context `monthlyBudget` is set and `alarmMails` is not: a budget that tells nobody is none",
    );
  }
  const subscribers = alarmMails.map((address) => ({ subscriptionType: "EMAIL", address }));
  const told = (notificationType: string, threshold: number) => ({
    notification: {
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      comparisonOperator: "GREATER_THAN",
    },
    subscribers,
  });
  new CfnBudget(scope, "Budget", {
    budget: {
      budgetName: names.house,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      budgetLimit: { amount: monthlyBudget, unit: "USD" },
      costFilters: { TagKeyValue: [`user:royal:environment$${environment.name}`] },
    },
    notificationsWithSubscribers: [...SHARES.map((share) => told("ACTUAL", share)), told("FORECASTED", 100)],
  });
}
