import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Schema } from "~/api/client";
import { rulings } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Lines, Row } from "~/ui/stack";
import { When } from "~/ui/time";
import { useWords } from "./words";

/** What the CEO function ruled today, with its reasons. */
export function Rulings() {
  const w = useWords();
  const { t } = useLanguage();
  const found = useInfiniteQuery(rulings());
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={w.rulings}>
      {found.isPending && <Loading rows={3} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && !found.hasNextPage && (
        <Empty title={w.rulingsNone}>
          <p>{w.rulingsNoneHint}</p>
        </Empty>
      )}
      <Lines>
        {rows.map((row) => (
          <li key={`${row.at}${row.action?.id ?? row.task}`}>
            <Ruling of={row} />
          </li>
        ))}
      </Lines>
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.common.more}
        </Button>
      )}
    </Panel>
  );
}

function Ruling({ of }: { of: Schema<"CeoDecision"> }) {
  const w = useWords();
  return (
    <>
      <Row>
        <strong>{w.ruling[of.ruling] ?? of.ruling}</strong>
        <small>
          <When at={of.at} />
        </small>
      </Row>
      {of.action && (
        <Link to="/actions/$id" params={{ id: of.action.id }}>
          <Inert text={of.action.willHappen} most={200} brief />
        </Link>
      )}
      {of.reasons.map((reason) => (
        <p key={reason}>
          <Inert text={reason} most={300} />
        </p>
      ))}
    </>
  );
}
