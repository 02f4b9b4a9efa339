import { PageHead } from "~/ui/page";
import { Columns, Stack } from "~/ui/stack";
import { Business } from "./business";
import { Clusters } from "./clusters";
import { Feed } from "./feed";
import { Pending } from "./pending";
import { Trend } from "./trend";
import { useWords } from "./words";

/** The whole store at a glance: what runs by itself, what waits for people, and how it goes. */
export function Overview() {
  const w = useWords();
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      <Stack>
        <Business />
        <Columns>
          <Pending />
          <Feed />
        </Columns>
        <Clusters />
        <Trend />
      </Stack>
    </>
  );
}
