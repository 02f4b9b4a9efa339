import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { groups } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Lines, Quiet, Row } from "~/ui/stack";
import { When } from "~/ui/time";
import { useWords } from "./words";

/** What of these kinds waits for people, similar ones as one. */
export function Waiting({ kinds }: { kinds: readonly string[] }) {
  const w = useWords();
  const { money, number } = useLanguage();
  const found = useQuery(groups());
  const rows = found.data?.groups.filter((group) => kinds.includes(group.actionType)) ?? [];
  return (
    <Panel title={w.approvals}>
      {found.isPending && <Loading rows={2} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <Quiet>{w.approvalsNone}</Quiet>}
      <Lines>
        {rows.map((group) => {
          const first = group.members[0];
          return (
            <li key={`${group.actionType}${group.agent.id}${first?.id}`}>
              <Row>
                <strong>
                  {number(group.count)} × <code>{group.actionType}</code>
                </strong>
                {group.sums.map((sum) => (
                  <span key={sum.currency}>{money(sum)}</span>
                ))}
                <small>
                  <When at={group.deadline} />
                </small>
              </Row>
              {first ? (
                <Link to="/inbox/$id" params={{ id: first.id }}>
                  <Inert text={group.reasons[0] ?? group.actionType} most={160} brief />
                </Link>
              ) : (
                <Link to="/inbox">{w.approvals}</Link>
              )}
            </li>
          );
        })}
      </Lines>
    </Panel>
  );
}
