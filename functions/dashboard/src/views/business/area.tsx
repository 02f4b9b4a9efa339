import type { ReactNode } from "react";
import { Empty } from "~/ui/notice";
import { PageHead, Panel } from "~/ui/page";
import { Columns, Stack } from "~/ui/stack";
import { Kinds } from "./kinds";
import { Ledger } from "./ledger";
import { Now } from "./now";
import { Waiting } from "./waiting";
import { useWords } from "./words";

/** A part of the business: whose cluster it is, and which kinds of action belong to it. */
export interface AreaProps {
  name: "orders" | "finance" | "marketing";
  cluster: string;
  kinds: readonly string[];
  /** What its books say; without any, that there are none is said. */
  children?: ReactNode;
}

/** What is known of a part of the business today, and an honest word about the rest. */
export function Area({ name, cluster, kinds, children }: AreaProps) {
  const w = useWords();
  const own = w[name];
  return (
    <>
      <PageHead title={own.title} hint={own.hint} />
      <Stack>
        {children ?? (
          <Panel>
            <Empty title={own.missing}>
              <p>{own.why}</p>
            </Empty>
          </Panel>
        )}
        <Now cluster={cluster} />
        <Columns>
          <Waiting kinds={kinds} />
          <Kinds kinds={kinds} />
        </Columns>
        <Ledger cluster={cluster} />
      </Stack>
    </>
  );
}
