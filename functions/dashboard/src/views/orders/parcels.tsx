import { Link } from "@tanstack/react-router";
import type { OrderDetail } from "~/api/orders";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Facts, Panel } from "~/ui/page";
import { Columns, Quiet, Row } from "~/ui/stack";
import { When } from "~/ui/time";
import { ParcelMark } from "./marks";
import style from "./orders.module.css";
import { useWords } from "./words";

/** Its parts, one per supplier that was asked, and what of it is with nobody. */
export function Parcels({ of }: { of: OrderDetail }) {
  const w = useWords();
  return (
    <Panel title={w.parcels}>
      {of.parcels.length === 0 && <Quiet>{w.parcelsNone}</Quiet>}
      <Columns>
        {of.parcels.map((parcel) => (
          <Parcel key={parcel.action} of={parcel} />
        ))}
      </Columns>
      {of.parcels.length > 0 && of.open.length > 0 && (
        <p>
          {w.open}: <Content of={of.open} />
        </p>
      )}
    </Panel>
  );
}

type One = OrderDetail["parcels"][number];

function Content({ of }: { of: One["portions"] }) {
  const w = useWords();
  const { number, list } = useLanguage();
  return <Inert text={list(of.map(({ quantity, sku }) => w.units(number(quantity), sku)))} most={300} />;
}

function Parcel({ of }: { of: One }) {
  const w = useWords();
  const { money, t } = useLanguage();
  const { tracking } = of;
  return (
    <article className={style.parcel}>
      <Row>
        <h3>
          <Inert text={of.supplier} most={60} brief />
        </h3>
        <ParcelMark of={of.state} />
        <small className={style.quiet}>
          <When at={of.updated} />
        </small>
      </Row>
      <Facts
        of={[
          [w.content, <Content key="c" of={of.portions} />],
          [w.cost, money(of.cost)],
          [w.remote, of.remote && <Inert key="r" text={of.remote} most={80} />],
          [w.tracking, tracking ? <Inert key="t" text={tracking.number} most={80} /> : w.trackingNone],
          [w.carrier, tracking?.carrier && <Inert key="a" text={tracking.carrier} most={60} />],
          [w.page, tracking?.url && <Inert key="u" text={tracking.url} most={200} />],
          [t.common.because, of.reason && <Inert key="b" text={of.reason} most={300} />],
        ]}
      />
      <Row>
        <Link to="/actions/$id" params={{ id: of.action }}>
          {w.toPlacing}
        </Link>
        {of.announced && (
          <Link to="/actions/$id" params={{ id: of.announced }}>
            {w.toTelling}
          </Link>
        )}
      </Row>
    </article>
  );
}
