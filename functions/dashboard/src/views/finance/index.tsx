import { Area } from "~/views/business/area";

const KINDS = ["expense.pay", "refund.issue", "compensation.offer", "tax.report.file", "budget.adjust"];

/** What is known of finance today. */
export function Finance() {
  return <Area name="finance" cluster="finance" kinds={KINDS} />;
}
