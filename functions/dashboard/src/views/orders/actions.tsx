import { Link } from "@tanstack/react-router";
import type { OrderDetail } from "~/api/orders";
import { buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Panel } from "~/ui/page";
import { Lines, Quiet, Row } from "~/ui/stack";
import { Status } from "~/ui/status";
import { Tier } from "~/ui/tier";
import { When } from "~/ui/time";
import { useWords } from "./words";

/** What was proposed about an order; what waits for a person leads to the inbox. */
export function Actions({ of }: { of: OrderDetail }) {
  const w = useWords();
  return (
    <Panel title={w.actions}>
      {of.actions.length === 0 && <Quiet>{w.actionsNone}</Quiet>}
      <Lines>
        {of.actions.map((action) => (
          <li key={action.id}>
            <Row>
              {action.tier && <Tier of={action.tier} />}
              <Status of={action.status} />
              <small>
                <When at={action.updatedAt} />
              </small>
              {action.status === "PENDING" && (
                <Link to="/inbox/$id" params={{ id: action.id }} className={buttonClass("primary")}>
                  {w.request}
                </Link>
              )}
            </Row>
            <Link to="/actions/$id" params={{ id: action.id }}>
              <Inert text={action.willHappen} most={160} brief />
            </Link>
            {action.note && (
              <p>
                <Inert text={action.note} most={200} />
              </p>
            )}
          </li>
        ))}
      </Lines>
    </Panel>
  );
}
