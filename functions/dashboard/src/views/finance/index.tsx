import { Columns, Stack } from "~/ui/stack";
import { Area } from "~/views/business/area";
import { ReportPanel } from "~/views/business/report";
import { useWords } from "~/views/business/words";

const KINDS = ["expense.pay", "refund.issue", "compensation.offer", "tax.report.file", "budget.adjust"];

/** What the books say: profit and loss, cash, costs, taxes, and whether they balance. */
export function Finance() {
  const w = useWords();
  return (
    <Area name="finance" cluster="finance" kinds={KINDS}>
      <Stack>
        <ReportPanel kind="pnl" period="month" title={w.pnl} hint={w.pnlHint} latest />
        <ReportPanel kind="pnl" title={w.pnlDays} latest />
        <ReportPanel kind="cashflow" title={w.cashflow} hint={w.cashflowHint} />
        <Columns>
          <ReportPanel kind="expenses" title={w.costs} />
          <ReportPanel kind="vat" period="month" title={w.vatTitle} hint={w.vatHint} />
          <ReportPanel kind="campaigns" title={w.campaigns} />
          <ReportPanel kind="balance" period="month" title={w.balance} hint={w.balanceHint} />
        </Columns>
      </Stack>
    </Area>
  );
}
