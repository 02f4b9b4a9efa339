import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body } from "~/api/client";
import type { ActionFilter } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Lines, Row } from "~/ui/stack";
import { Status } from "~/ui/status";
import { Tier } from "~/ui/tier";
import { When } from "~/ui/time";
import { useWords } from "./words";

const SHOWN = 8;
type Kind = NonNullable<ActionFilter["type"]>;

/** The latest actions of one type. */
const latest = (type: Kind) => ({
  queryKey: ["actions", "latest", type],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    body(api.GET("/api/v1/actions", { params: { query: { type, limit: SHOWN } }, signal })),
});

/** The latest actions of these kinds. */
export function Kinds({ kinds }: { kinds: readonly string[] }) {
  const w = useWords();
  const { list } = useLanguage();
  const found = useQueries({ queries: kinds.map((kind) => latest(kind as Kind)) });
  const rows = found.flatMap((one) => one.data?.items ?? []);
  rows.sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const failed = found.find((one) => one.error);
  const pending = found.some((one) => one.isPending);
  return (
    <Panel title={w.actions}>
      {pending && rows.length === 0 && <Loading rows={3} />}
      {failed && <Problem error={failed.error} retry={() => void failed.refetch()} />}
      {!pending && !failed && rows.length === 0 && (
        <Empty title={w.actionsNone}>
          <p>{w.actionsNoneHint(list(kinds))}</p>
        </Empty>
      )}
      <Lines>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.id}>
            <Row>
              {row.tier && <Tier of={row.tier} />}
              <Status of={row.status} />
              <small>
                <When at={row.updatedAt} />
              </small>
            </Row>
            <Link to="/actions/$id" params={{ id: row.id }}>
              <Inert text={row.willHappen} most={140} brief />
            </Link>
          </li>
        ))}
      </Lines>
    </Panel>
  );
}
