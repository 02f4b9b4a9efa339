import { useQuery } from "@tanstack/react-query";
import { report } from "~/api/reports";
import { useLanguage } from "~/i18n";
import { Stack } from "~/ui/stack";
import { Tile, Tiles } from "~/ui/tile";
import { Area } from "~/views/business/area";
import { ReportPanel } from "~/views/business/report";
import { useWords } from "~/views/business/words";
import { List } from "./list";

const KINDS = [
  "order.fulfill",
  "order.ship",
  "order.track",
  "order.track",
  "order.hold",
  "order.release",
  "order.cancel",
];

/** What is known of orders: how many were paid and what they brought, each of them, and what of it waits or was done. */
export function Orders() {
  const w = useWords();
  return (
    <Area name="orders" cluster="finance" kinds={KINDS}>
      <Stack>
        <Paid />
        <List />
        <ReportPanel kind="products" title={w.products} hint={w.productsHint} />
      </Stack>
    </Area>
  );
}

/** The paid orders of the last thirty days; no entry is no figure. */
function Paid() {
  const w = useWords();
  const { money, number } = useLanguage();
  const total = useQuery(report("pnl")).data?.total?.find((row) => row.currency === "EUR");
  const euro = (amount: string | undefined) =>
    amount === undefined ? undefined : money({ amount, currency: "EUR" });
  const none = total ? undefined : w.nothing;
  return (
    <section aria-labelledby="paid">
      <h2 id="paid" className="hidden-visually">
        {w.lastMonth}
      </h2>
      <Tiles>
        <Tile label={w.paidMonth} value={total && number(total.orders ?? 0)} hint={none} />
        <Tile label={w.incomeMonth} value={euro(total?.figures.income)} hint={none} />
        <Tile label={w.refundsMonth} value={euro(total?.figures.refunds)} hint={none} />
      </Tiles>
    </section>
  );
}
