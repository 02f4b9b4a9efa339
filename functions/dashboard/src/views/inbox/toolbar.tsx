import { Link, useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import type { Feed } from "./feed";
import { Filters, Key } from "./later";
import { type InboxSearch, narrowing, SORTS, same } from "./search";
import style from "./toolbar.module.css";
import { onViews, savedViews } from "./views";
import { useWords } from "./words";

/** How long somebody has stopped writing before it is searched for. */
const PAUSE_MS = 250;

interface ToolbarProps {
  search: InboxSearch;
  feed: Feed;
  /** Whether the rows are there: what is not one of them may come now. */
  drawn: boolean;
}

/** What the list is narrowed by, and in which order it comes. */
export function Toolbar({ search, feed, drawn }: ToolbarProps) {
  const { number } = useLanguage();
  const t = useWords();
  const navigate = useNavigate();
  const [filters, setFilters] = useState(false);
  const { sort: _, ...unsorted } = search;
  return (
    <header className={style.toolbar}>
      <div className={style.top}>
        <h1>{t.title}</h1>
        <span className={style.count} role="status">
          {feed.cards && t.loaded(number(feed.cards.length), feed.more)}
        </span>
      </div>
      <Views search={search} />
      <div className={style.tools}>
        <SearchBox search={search} hint={drawn} />
        <select
          aria-label={t.sort}
          value={search.sort ?? ""}
          onChange={({ target }) => {
            const sort = SORTS.find((one) => one === target.value);
            void navigate({ to: "/inbox", search: sort ? { ...unsorted, sort } : unsorted });
          }}
        >
          <option value="">{t.sorts.due}</option>
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t.sorts[sort]}
            </option>
          ))}
        </select>
        <Button aria-haspopup="dialog" onClick={() => setFilters(true)}>
          {t.filters(narrowing(search).length)}
        </Button>
      </div>
      <Suspense fallback={null}>
        {filters && <Filters search={search} onClose={() => setFilters(false)} />}
      </Suspense>
    </header>
  );
}

const BUILT: Record<"all" | "mine" | "soon" | "large", InboxSearch> = {
  all: {},
  mine: { mine: true },
  soon: { due: 4 },
  large: { min: 1000.01, sort: "-amount" },
};

function Views({ search }: { search: InboxSearch }) {
  const t = useWords();
  const saved = useSyncExternalStore(onViews, savedViews);
  const built = Object.entries(BUILT).map(([name, of]) => ({
    name: t.built[name as keyof typeof BUILT],
    search: of,
  }));
  return (
    <nav aria-label={t.views} className={style.views}>
      {[...built, ...saved].map((view) => (
        <Link
          key={view.name}
          to="/inbox"
          search={view.search}
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={same(search, view.search) ? "page" : undefined}
        >
          {view.name}
        </Link>
      ))}
    </nav>
  );
}

function SearchBox({ search, hint }: { search: InboxSearch; hint: boolean }) {
  const t = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState(search.q ?? "");
  const asked = search.q ?? "";
  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    if (text.trim() === asked) return;
    const timer = setTimeout(() => {
      const { q: _, ...rest } = search;
      const q = text.trim();
      void navigate({ to: ".", search: q === "" ? rest : { ...rest, q }, replace: true });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked, search, navigate]);
  return (
    <search className={style.search}>
      <input
        id="inbox-q"
        type="search"
        maxLength={100}
        aria-label={t.search}
        placeholder={t.searchHint}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && text === "") event.currentTarget.blur();
        }}
      />
      <Suspense fallback={null}>{hint && <Key of="/" />}</Suspense>
    </search>
  );
}
