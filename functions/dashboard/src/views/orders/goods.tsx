import type { OrderDetail } from "~/api/orders";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Facts, Panel, Table } from "~/ui/page";
import { Lines, Quiet } from "~/ui/stack";
import { Moment } from "~/ui/time";
import { Word } from "~/ui/word";
import style from "./orders.module.css";
import { useWords } from "./words";

/** What was ordered. */
export function Goods({ of }: { of: OrderDetail }) {
  const w = useWords();
  return (
    <Panel title={w.goods}>
      <Table label={w.goods}>
        <thead>
          <tr>
            {[w.product, w.quantity, w.price, w.discount, w.tax].map((name, at) => (
              <th key={name} scope="col" className={at > 0 ? style.number : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.lines.map((line) => (
            <Line key={line.id} of={line} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Line({ of }: { of: OrderDetail["lines"][number] }) {
  const w = useWords();
  const { money, number } = useLanguage();
  return (
    <tr>
      <th scope="row">
        <Inert text={of.title} most={120} brief />
        <small className={style.quiet}>
          {" "}
          {of.sku && <Inert text={of.sku} most={60} brief />} {!of.ships && w.nothingSent}
        </small>
      </th>
      <td data-label={w.quantity} className={style.number}>
        {number(of.quantity)}
      </td>
      <td data-label={w.price} className={style.number}>
        {money(of.price)}
      </td>
      <td data-label={w.discount} className={style.number}>
        {money(of.discount)}
      </td>
      <td data-label={w.tax} className={style.number}>
        {money(of.tax)}
      </td>
    </tr>
  );
}

/** What the customer owes, what was paid back, and what suppliers charge. */
export function Money({ of }: { of: OrderDetail }) {
  const w = useWords();
  const { money, number } = useLanguage();
  const { totals } = of;
  return (
    <Panel title={w.money}>
      <Facts
        of={[
          [w.payment, <Word key="p" of={of.payment} among={w.payments} />],
          [w.subtotal, money(totals.subtotal)],
          [w.shipping, money(totals.shipping)],
          [w.discount, money(totals.discount)],
          [w.shopTax, money(totals.tax)],
          [w.total, <strong key="t">{money(totals.total)}</strong>],
          [w.outstanding, money(totals.outstanding)],
        ]}
      />
      <Quiet>{of.taxesIncluded ? w.included : w.excluded}</Quiet>
      {of.refunds.length > 0 && (
        <>
          <h3>{w.refunds}</h3>
          <Lines>
            {of.refunds.map((refund) => (
              <li key={refund.id}>
                <strong>{money(refund.amount)}</strong>{" "}
                {refund.units > 0 && `${w.refund(number(refund.units))} · `}
                <Moment at={refund.at} />
              </li>
            ))}
          </Lines>
        </>
      )}
    </Panel>
  );
}
