import { useQuery } from "@tanstack/react-query";
import type { Agent } from "~/api/agents";
import { budgets } from "~/api/queries";
import { Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Quiet } from "~/ui/stack";
import { Windows } from "~/views/budgets/windows";
import { useWords } from "./words";

/** What the agent may commit without a person, and what it has. */
export function Money({ agent }: { agent: Agent }) {
  const w = useWords();
  const found = useQuery(budgets());
  const own = found.data?.items.find((budget) => budget.name === `agent:${agent.name}`);
  return (
    <Panel title={w.budget}>
      {found.isPending && <Loading rows={2} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && !own && <Quiet>{w.budgetNone}</Quiet>}
      {own && <Windows of={own} />}
    </Panel>
  );
}
