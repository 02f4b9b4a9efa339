import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type OrderDetail, order } from "~/api/orders";
import { buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { PageHead, Panel } from "~/ui/page";
import { Columns, Row, Stack } from "~/ui/stack";
import { Moment } from "~/ui/time";
import { Actions } from "./actions";
import { Check } from "./check";
import { Goods, Money } from "./goods";
import { StageMark } from "./marks";
import style from "./orders.module.css";
import { Parcels } from "./parcels";
import { Record } from "./record";
import { Vat } from "./vat";
import { useWords } from "./words";

/** One order: where it is, what it waits for, its parcels and money, what was found about it, and its record. */
export function Order() {
  const w = useWords();
  const { id = "" } = useParams({ strict: false });
  const { data, error, isPending, refetch } = useQuery(order(id));
  return (
    <>
      <PageHead title={data ? w.title(data.name) : w.name}>
        <Link to="/orders" className={buttonClass("quiet")}>
          {w.back}
        </Link>
      </PageHead>
      <Stack>
        {isPending && <Loading rows={5} />}
        {error && <Problem error={error} retry={() => void refetch()} />}
        {data && <Whole of={data} />}
      </Stack>
    </>
  );
}

function Whole({ of }: { of: OrderDetail }) {
  return (
    <>
      <Way of={of} />
      <Parcels of={of} />
      <Goods of={of} />
      <Columns>
        <Money of={of} />
        <Check of={of} />
        <Vat of={of} />
      </Columns>
      <Actions of={of} />
      <Record of={of} />
    </>
  );
}

/** The steps of its way, and what it waits for now. */
function Way({ of }: { of: OrderDetail }) {
  const w = useWords();
  return (
    <Panel title={w.way}>
      <Row>
        <StageMark of={of.stage} />
        {of.test && <small>{w.trial}</small>}
        <small className={style.quiet}>
          {w.placed} <Moment at={of.placed} />
          {of.country && ` · ${w.country} ${of.country}`} · {w.id} <Inert text={of.id} most={64} brief />
        </small>
      </Row>
      <ol className={style.steps}>
        {of.steps.map(({ step, state, at }) => (
          <li key={step} data-state={state}>
            <strong>{w.steps[step] ?? step}</strong>
            <span>
              {w.stepStates[state] ?? state}
              {at && (
                <>
                  {", "}
                  <Moment at={at} />
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {of.waits ? <Wait of={of} waits={of.waits} /> : <p className={style.quiet}>{w.complete}</p>}
    </Panel>
  );
}

function Wait({ of, waits }: { of: OrderDetail; waits: NonNullable<OrderDetail["waits"]> }) {
  const w = useWords();
  const action = of.actions.find(({ id }) => id === waits.action);
  const pending = action?.status === "PENDING";
  return (
    <div className={style.wait} data-stopped={of.stage === "HELD" || of.stage === "STUCK"}>
      <p>
        {w.waits}: <strong>{waits.what}</strong>
      </p>
      {waits.why && (
        <p>
          {w.why}: <Inert text={waits.why} most={400} />
        </p>
      )}
      <p>
        {w.helps}: {waits.help}
      </p>
      {waits.action && (
        <Row>
          <Link
            to={pending ? "/inbox/$id" : "/actions/$id"}
            params={{ id: waits.action }}
            className={buttonClass(pending ? "primary" : "plain")}
          >
            {pending ? w.decide : w.byHand}
          </Link>
        </Row>
      )}
    </div>
  );
}
