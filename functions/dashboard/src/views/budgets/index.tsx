import { useQuery } from "@tanstack/react-query";
import { by } from "~/api/agents";
import type { Schema } from "~/api/client";
import { budgets } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Empty, Loading, Problem } from "~/ui/notice";
import { PageHead, Panel } from "~/ui/page";
import { Columns, Quiet, Stack } from "~/ui/stack";
import { Windows } from "./windows";
import { useWords } from "./words";

/** The ledger as bars: what is spent, held back and left, of every limit. */
export function Budgets() {
  const w = useWords();
  const { number } = useLanguage();
  const found = useQuery(budgets());
  const all = found.data?.items ?? [];
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      <Stack>
        {found.isPending && <Loading rows={5} />}
        {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
        {found.data && all.length === 0 && (
          <Empty title={w.none}>
            <p>{w.noneHint}</p>
          </Empty>
        )}
        {by(all, (budget) => budget.kind).map(([kind, own]) => (
          <section key={kind} aria-label={w.kind[kind] ?? kind}>
            <Stack>
              <h2>{w.kind[kind] ?? kind}</h2>
              <Columns>
                {own.map((budget) => (
                  <One key={budget.name} of={budget} />
                ))}
              </Columns>
            </Stack>
          </section>
        ))}
        {found.data?.next && <Quiet>{w.firstOnly(number(all.length))}</Quiet>}
      </Stack>
    </>
  );
}

function One({ of }: { of: Schema<"Budget"> }) {
  const w = useWords();
  const { t, money } = useLanguage();
  const [, plain = of.name] = of.name.split(/:(.*)/s);
  const cluster = of.kind === "cluster" && plain in t.common.cluster;
  const title = cluster ? t.common.cluster[plain as keyof typeof t.common.cluster] : <Inert text={plain} />;
  return (
    <Panel title={title}>
      <Windows of={of} />
      {of.most && <Quiet>{w.most(of.most.name, money(of.most.used))}</Quiet>}
    </Panel>
  );
}
