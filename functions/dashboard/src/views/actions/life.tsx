import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Schema } from "~/api/client";
import { action } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Facts, PageHead, Panel } from "~/ui/page";
import { Stack } from "~/ui/stack";
import { Status } from "~/ui/status";
import { Tier } from "~/ui/tier";
import { Moment } from "~/ui/time";
import { Timeline } from "./timeline";
import { useWords } from "./words";

/** One action from its proposal to its end. */
export function Action() {
  const { id = "" } = useParams({ strict: false });
  const { data, error, isPending, refetch } = useQuery(action(id));
  const w = useWords();
  if (isPending) return <Loading />;
  if (!data) return <Problem error={error} retry={() => void refetch()} />;
  const shown = data.value;
  return (
    <Stack>
      <PageHead title={w.life}>
        {shown.status === "PENDING" && (
          <Link to="/inbox/$id" params={{ id }} className={buttonClass("primary")}>
            {w.card}
          </Link>
        )}
      </PageHead>
      {error && <Problem error={error} retry={() => void refetch()} />}
      <What of={shown} />
      <Why of={shown} />
      <Timeline of={shown.history} />
      <Panel title={w.raw}>
        <Inert text={JSON.stringify(shown.payload, null, 2)} most={1200} />
      </Panel>
    </Stack>
  );
}

type Shown = Schema<"ActionDetail">;

function What({ of }: { of: Shown }) {
  const w = useWords();
  const { money, t } = useLanguage();
  const outcome = of.outcome;
  return (
    <Panel title={<Inert text={of.willHappen} />}>
      <Facts
        of={[
          [w.status, <Status key="s" of={of.status} />],
          [w.tier, of.tier && <Tier of={of.tier} />],
          [w.type, <code key="t">{of.actionType}</code>],
          [w.order, orderOf(of.payload)],
          [w.agent, <Inert key="a" text={of.agent.name} />],
          [w.amount, of.amount && money(of.amount)],
          [t.common.because, of.note && <Inert text={of.note} />],
          [w.outcome, outcome?.detail && <Inert text={outcome.detail} />],
          [w.remote, outcome?.remoteId && <Inert text={outcome.remoteId} />],
          [w.undoUntil, of.undoUntil && <Moment at={of.undoUntil} />],
          [w.digest, of.digest && <code>{of.digest}</code>],
        ]}
      />
    </Panel>
  );
}

/** The way to the order that it is about, where it is about one. */
function orderOf(payload: unknown) {
  const { order } = (payload ?? {}) as { order?: unknown };
  if (typeof order !== "string") return undefined;
  return (
    <Link to="/orders/$id" params={{ id: order }}>
      <Inert text={order} most={64} brief />
    </Link>
  );
}

function Why({ of }: { of: Shown }) {
  const w = useWords();
  if (!of.decision) return null;
  return (
    <Panel title={w.reasons}>
      <ul>
        {of.decision.reasons.map((reason) => (
          <li key={reason.code}>
            <Tier of={reason.tier} /> <Inert text={reason.text} />
          </li>
        ))}
      </ul>
      <Facts of={[[w.revision, <code key="r">{of.decision.revision}</code>]]} />
    </Panel>
  );
}
