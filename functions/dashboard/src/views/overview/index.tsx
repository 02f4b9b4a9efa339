import { useQuery } from "@tanstack/react-query";
import { days } from "~/api/days";
import { agents, overview } from "~/api/queries";
import { Problem } from "~/ui/notice";
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
  const parts = [useQuery(overview()), useQuery(agents()), useQuery(days())];
  const nothing = parts.every((part) => part.error && !part.data);
  const again = () => {
    for (const part of parts) void part.refetch();
  };
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      {nothing ? <Problem error={parts[0]?.error} retry={again} /> : <Parts />}
    </>
  );
}

function Parts() {
  return (
    <Stack>
      <Business />
      <Columns>
        <Pending />
        <Feed />
      </Columns>
      <Clusters />
      <Trend />
    </Stack>
  );
}
