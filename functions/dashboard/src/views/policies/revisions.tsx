import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, type Schema } from "~/api/client";
import { revisions } from "~/api/queries";
import { useWrite } from "~/api/write";
import { useLanguage } from "~/i18n";
import { useMay } from "~/session/me";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Facts, Field, Panel } from "~/ui/page";
import { Moment } from "~/ui/time";
import style from "./policies.module.css";
import { useWords } from "./words";

/** Characters of a revision that tell it from others. */
const SHORT = 12;

/** Every policy that was ever in force, and the way back to one of them. */
export function Revisions() {
  const w = useWords();
  const { t } = useLanguage();
  const found = useInfiniteQuery(revisions());
  const pages = found.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const inForce = pages[0]?.inForce ?? undefined;
  return (
    <Panel title={w.past} className={style.group}>
      <p>{w.pastHint}</p>
      {found.isPending && <Loading rows={1} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && !inForce && <p>{w.noPast}</p>}
      {inForce && <Reigning of={inForce} />}
      <ul className={style.revisions}>
        {inForce && items.map((one) => <Revision key={one.revision} of={one} live={inForce.live.revision} />)}
      </ul>
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t.common.more}
        </Button>
      )}
    </Panel>
  );
}

function Reigning({ of: { live, coming } }: { of: Schema<"PolicyInForce"> }) {
  const w = useWords();
  const { list } = useLanguage();
  return (
    <Facts
      of={[
        [w.revision, <code key="live">{live.revision.slice(0, SHORT)}</code>],
        [w.since, <Moment key="since" at={live.from} />],
        [w.by, <Inert key="by" text={list(live.by)} />],
        [w.reason, live.reason && <Inert text={live.reason} />],
        [w.coming, coming && <Coming of={coming} />],
      ]}
    />
  );
}

function Coming({ of }: { of: Schema<"PolicyReign"> }) {
  return (
    <>
      <code>{of.revision.slice(0, SHORT)}</code> <Moment at={of.from} />
    </>
  );
}

function Revision({ of, live }: { of: Schema<"PolicyRevision">; live: string }) {
  const w = useWords();
  const may = useMay("policies.rollback");
  const [asked, setAsked] = useState(false);
  return (
    <li>
      <div className={style.bar}>
        <span>
          <code>{of.revision.slice(0, SHORT)}</code> {of.published && <Moment at={of.published} />}{" "}
          {of.action && (
            <Link to="/actions/$id" params={{ id: of.action }}>
              {w.request}
            </Link>
          )}
        </span>
        {of.revision === live && <strong className={style.good}>{w.live}</strong>}
        {of.revision !== live && may && !asked && (
          <Button onClick={() => setAsked(true)}>{w.rollback}</Button>
        )}
      </div>
      {asked && of.revision !== live && <RollBack to={of.revision} onClose={() => setAsked(false)} />}
    </li>
  );
}

function RollBack({ to, onClose }: { to: string; onClose: () => void }) {
  const w = useWords();
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  const turn = useWrite(
    (input: Schema<"PolicyRollback">, once) =>
      body(api.POST("/api/v1/policies/rollback", { body: input, params: { header: once } })),
    [["policies"], ["approvals"]],
  );
  return (
    <>
      <Field label={w.rollbackWhy}>
        <textarea rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {turn.error && <Problem error={turn.error} />}
      <div className={style.buttons}>
        <Button
          kind="danger"
          busy={turn.isPending}
          disabled={reason.trim() === ""}
          onClick={() => turn.mutate({ revision: to, reason: reason.trim() }, { onSuccess: onClose })}
        >
          {w.rollback}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t.common.cancel}
        </Button>
      </div>
    </>
  );
}
