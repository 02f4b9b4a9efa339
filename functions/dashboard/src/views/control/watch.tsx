import { useQuery } from "@tanstack/react-query";
import { control } from "~/api/control";
import { policies } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Loading, Problem } from "~/ui/notice";
import { Panel } from "~/ui/page";
import { Quiet } from "~/ui/stack";
import { Tile } from "~/ui/tile";
import { useNow, When } from "~/ui/time";
import { useWords } from "./words";

const HOUR_MS = 3_600_000;

/** Whether somebody who may decide was here of late: where nobody is, agents may do less alone. */
export function Watch() {
  const w = useWords();
  const { number } = useLanguage();
  const found = useQuery(control());
  const numbers = useQuery(policies()).data?.value.thresholds ?? [];
  const limit = numbers.find((one) => one.path === "dead_man.after_hours")?.value;
  const most = typeof limit === "number" ? limit : undefined;
  return (
    <Panel title={w.watch}>
      {found.isPending && <Loading rows={1} />}
      {found.error && <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data && <Seen at={found.data.value.approversSeen ?? undefined} most={most} />}
      {most !== undefined && <Quiet>{w.limit(number(most))}</Quiet>}
    </Panel>
  );
}

function Seen({ at, most }: { at: string | undefined; most: number | undefined }) {
  const w = useWords();
  const { number } = useLanguage();
  const now = useNow();
  if (at === undefined) return <Tile label={w.watched} hint={w.neverWatched} />;
  const hours = Math.floor((now - Date.parse(at)) / HOUR_MS);
  const late = most !== undefined && hours >= most;
  return (
    <Tile
      label={w.watched}
      value={<When at={at} />}
      tone={late ? "bad" : "good"}
      hint={late ? w.unwatched(number(hours)) : `${most === undefined ? "" : `${w.calm}. `}${w.watchedAbout}`}
    />
  );
}
