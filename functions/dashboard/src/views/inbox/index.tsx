import { useSearch } from "@tanstack/react-router";
import { Suspense, useMemo, useRef, useState } from "react";
import { useInboxActs } from "./acts";
import type { Verb } from "./bulk";
import { useCursor } from "./cursor";
import type { Entry } from "./entry";
import { type Feed, useFeed } from "./feed";
import { FirstRows } from "./grid";
import type { Sight } from "./happenings";
import style from "./inbox.module.css";
import { Bar, Bulk, Happenings, List, Pane, Sheet, useDrawn } from "./later";
import { type Line, lines as linesOf } from "./lines";
import { filterOf, type InboxSearch, inboxSearch } from "./search";
import { useSelection } from "./selection";
import { Body, OldData } from "./states";
import { Toolbar } from "./toolbar";
import { useLatest } from "./use-latest";
import { useMedia } from "./use-media";
import { useWords } from "./words";

/** From here on the card stands beside the list. */
const BESIDE = "(min-width: 64rem)";

/** What waits for people: the list, and the card of the request that somebody is at. */
export function Inbox() {
  const search = useInboxSearch();
  const filter = useMemo(() => filterOf(search, Date.now()), [search]);
  const feed = useFeed(filter, search.grouped !== false);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(
    () => linesOf(feed.cards ?? [], feed.groups, feed.since.gone, unfolded),
    [feed.cards, feed.groups, feed.since.gone, unfolded],
  );
  const beside = useMedia(BESIDE);
  const cursor = useCursor(lines, beside);
  const selection = useSelection(feed.since);
  const sight = useRef<Sight>({ ids: new Set(), active: undefined });
  const onMany = useLatest(feed.onMany);
  const fold = (line: Line, open: boolean) => {
    if (!("group" in line)) return;
    const next = new Set(unfolded);
    if (open) next.add(line.key);
    else next.delete(line.key);
    setUnfolded(next);
  };
  const [asked, setAsked] = useState<{ verb: Verb; of: readonly Entry[] }>();
  const [help, setHelp] = useState(false);
  const acts = useInboxActs({ cursor, selection, fold, setAsked, setHelp });
  const tiers = useFirstTiers(feed);
  const t = useWords();
  const drawn = useDrawn(feed.cards !== undefined);
  const rows = {
    lines,
    more: feed.more,
    stale: feed.stale,
    active: cursor.active,
    moved: cursor.moved,
    openId: cursor.id,
    isSelected: selection.of,
    marks: feed.since.marks,
    tiers,
    acts: acts.rows,
    sight,
    readMore: feed.readMore,
    onKey: acts.onKey,
  };
  return (
    <div className={style.inbox} data-level={cursor.id === undefined ? "list" : "card"} data-beside={beside}>
      <div className={style.list} inert={!beside && cursor.id !== undefined}>
        <Toolbar search={search} feed={feed} drawn={drawn} />
        <OldData feed={feed} />
        <Body feed={feed} search={search}>
          <Suspense fallback={<FirstRows {...rows} />}>
            {drawn ? <List {...rows} /> : <FirstRows {...rows} />}
          </Suspense>
        </Body>
        <div className={style.bar}>
          <Suspense fallback={null}>
            {drawn && <Bar cursor={cursor} selection={selection} acts={acts} />}
          </Suspense>
        </div>
      </div>
      {(beside || cursor.id !== undefined) && (
        <section className={style.pane} aria-label={t.open}>
          <Suspense fallback={null}>
            {(drawn || cursor.id) && <Pane cursor={cursor} acts={acts} lines={lines} />}
          </Suspense>
        </section>
      )}
      <Suspense fallback={null}>
        {drawn && <Happenings sight={sight} onMany={onMany} />}
        {asked && <Bulk {...asked} onClose={() => setAsked(undefined)} onDone={selection.clear} />}
        {help && <Sheet onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}

function useInboxSearch(): InboxSearch {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const asked = JSON.stringify(inboxSearch(raw));
  return useMemo(() => JSON.parse(asked) as InboxSearch, [asked]);
}

/** The tier that each request had when this session first saw it. */
function useFirstTiers({ cards }: Feed): ReadonlyMap<string, string> {
  const tiers = useRef(new Map<string, string>());
  return useMemo(() => {
    for (const { id, tier } of cards ?? []) if (tier && !tiers.current.has(id)) tiers.current.set(id, tier);
    return tiers.current;
  }, [cards]);
}
