import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useLanguage } from "~/i18n";
import { useLine } from "~/live";
import { Button } from "~/ui/button";
import { Empty, Loading, Problem } from "~/ui/notice";
import type { Feed } from "./feed";
import style from "./inbox.module.css";
import { type InboxSearch, narrowing } from "./search";
import { useWords } from "./words";

/** What stands there while there are no rows: why, and what to do. */
export function Body({ feed, search, children }: { feed: Feed; search: InboxSearch; children: ReactNode }) {
  const t = useWords();
  const navigate = useNavigate();
  const { cards, error, more } = feed;
  if (cards === undefined || (cards.length === 0 && more)) {
    return (
      <div className={style.state}>
        {error ? <Problem error={error} retry={feed.readAgain} /> : <Loading rows={8} />}
      </div>
    );
  }
  if (cards.length > 0) return children;
  const narrowed = search.q !== undefined || narrowing(search).length > 0;
  return (
    <div className={style.state}>
      <Empty title={narrowed ? t.none : t.empty}>
        <p>{narrowed ? t.noneHint : t.emptyHint}</p>
        {narrowed && <Button onClick={() => navigate({ to: "/inbox", search: {} })}>{t.clear}</Button>}
      </Empty>
    </div>
  );
}

/** Says so where what is shown may be old, or is not all. */
export function OldData({ feed }: { feed: Feed }) {
  const { time } = useLanguage();
  const t = useWords();
  const lost = useLine() === "waiting";
  const old = feed.cards !== undefined && (lost || feed.error !== null);
  if (!old && !feed.cut && !feed.behind) return null;
  return (
    <div className={style.note} role="status">
      {old ? t.oldData(time(new Date(feed.readAt).toISOString())) : feed.behind ? t.behind : t.cut}
      {!old && feed.behind && <Button onClick={feed.readAgain}>{t.show}</Button>}
    </div>
  );
}
