import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, body, type Schema } from "~/api/client";
import { delegations } from "~/api/queries";
import { useWrite } from "~/api/write";
import { useLanguage } from "~/i18n";
import { useMay, useMe } from "~/session/me";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Facts, Panel } from "~/ui/page";
import { Lines, Quiet } from "~/ui/stack";
import { Moment } from "~/ui/time";
import { useWords } from "./words";

type Delegation = Schema<"Delegation">;

/** Who stands in for whom, until when and why; one's own word can be taken back. */
export function Delegations() {
  const w = useWords();
  const found = useQuery(delegations());
  const rows = found.data?.items ?? [];
  return (
    <Panel title={w.delegations}>
      {found.isPending && <Loading rows={1} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <Quiet>{w.delegationsNone}</Quiet>}
      <Lines>
        {rows.map((row) => (
          <li key={`${row.from} ${row.to} ${row.request} ${row.since}`}>
            <One of={row} />
          </li>
        ))}
      </Lines>
    </Panel>
  );
}

function One({ of }: { of: Delegation }) {
  const w = useWords();
  const { t, list } = useLanguage();
  const own = useMe()?.account === of.from;
  const may = useMay("approvals.delegate");
  const role = (name: string) =>
    name in t.common.role ? t.common.role[name as keyof typeof t.common.role] : name;
  const take = useWrite(
    (to: string) => body(api.DELETE("/api/v1/delegations/{to}", { params: { path: { to } } })),
    [["delegations"], ["approvals"]],
  );
  return (
    <>
      <Facts
        of={[
          [w.from, <Inert key="from" text={of.from} />],
          [w.to, <Inert key="to" text={of.to} />],
          [w.roles, list(of.roles.map(role))],
          [
            w.about,
            of.request ? (
              <Link key="about" to="/inbox/$id" params={{ id: of.request }}>
                {w.oneRequest}
              </Link>
            ) : (
              w.everything
            ),
          ],
          [w.until, <Moment key="until" at={of.until} />],
          [w.reason, <Inert key="reason" text={of.reason} most={300} />],
        ]}
      />
      {own && may && (
        <Button busy={take.isPending} onClick={() => take.mutate(of.to)}>
          {w.takeBack}
        </Button>
      )}
      {take.error && <Problem error={take.error} />}
    </>
  );
}
