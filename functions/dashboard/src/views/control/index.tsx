import { PageHead } from "~/ui/page";
import { Columns, Stack } from "~/ui/stack";
import { Delegations } from "./delegations";
import { Emergency } from "./emergency";
import { Stops } from "./stops";
import { Watch } from "./watch";
import { useWords } from "./words";

/** Stops, who watches, and who stands in for whom. */
export function ControlView() {
  const w = useWords();
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      <Stack>
        <Columns>
          <Stops />
          <Emergency />
        </Columns>
        <Columns>
          <Watch />
          <Delegations />
        </Columns>
      </Stack>
    </>
  );
}
