import { useQuery } from "@tanstack/react-query";
import { budgets } from "~/api/queries";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Columns, Quiet, Stack } from "~/ui/stack";
import { Windows } from "~/views/budgets/windows";
import { useWords } from "./words";

/** The budgets of a cluster: its own, its agents', and campaigns for marketing. */
export function Ledger({ cluster }: { cluster: string }) {
  const w = useWords();
  const found = useQuery(budgets());
  const is = ({ name, kind }: { name: string; kind: string }) =>
    name === `cluster:${cluster}` ||
    name.startsWith(`agent:${cluster}-`) ||
    (cluster === "marketing" && kind === "campaign");
  const own = found.data?.items.filter(is) ?? [];
  return (
    <Stack>
      <h2>{w.budgets}</h2>
      {found.isPending && <Loading rows={2} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && own.length === 0 && <Quiet>{w.budgetsNone}</Quiet>}
      <Columns>
        {own.map((budget) => (
          <Panel key={budget.name} title={<Inert text={budget.name} />}>
            <Windows of={budget} />
          </Panel>
        ))}
      </Columns>
    </Stack>
  );
}
