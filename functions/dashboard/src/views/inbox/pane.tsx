import { useQueryClient } from "@tanstack/react-query";
import { CatchBoundary } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { approval } from "~/api/queries";
import { Crashed } from "~/app/states";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Key } from "~/ui/keys";
import { Empty, Loading } from "~/ui/notice";
import type { Done } from "~/views/card";
import type { InboxActs } from "./acts";
import { Decide } from "./bar";
import type { Cursor } from "./cursor";
import { look } from "./happenings";
import style from "./inbox.module.css";
import { Card } from "./later";
import type { GroupLine, Line } from "./lines";
import { useMore } from "./more";
import { decidedHere } from "./undo";
import { useWords } from "./words";

interface PaneProps {
  cursor: Cursor;
  acts: InboxActs;
  lines: readonly Line[];
}

/** Beside the list, or over it where there is no room: the card of the request that somebody is at. */
export function Pane({ cursor, acts, lines }: PaneProps) {
  const t = useWords();
  const more = useMore();
  const onDone = useDecided(cursor, lines);
  const { beside, id, shown, line } = cursor;
  useNextEarly(line, lines);
  return (
    <>
      {!beside && (
        <div className={style.back}>
          <h1 className="hidden-visually">{t.title}</h1>
          <Button kind="quiet" onClick={cursor.close}>
            ← {more.back}
          </Button>
          <span className={style.gap} />
          <Button kind="quiet" icon aria-label={more.previous} onClick={() => cursor.step(-1)}>
            ↑
          </Button>
          <Button kind="quiet" icon aria-label={more.next} onClick={() => cursor.step(1)}>
            ↓
          </Button>
        </div>
      )}
      {line && "group" in line ? (
        <Similar line={line} acts={acts} />
      ) : shown !== undefined ? (
        <CatchBoundary getResetKey={() => shown} errorComponent={Crashed}>
          <Suspense fallback={<Loading rows={6} />}>
            <Card key={shown} id={shown} onDone={onDone} />
          </Suspense>
        </CatchBoundary>
      ) : id !== undefined ? (
        <Loading rows={6} />
      ) : (
        <Empty title={more.pick}>
          <p>{more.pickHint}</p>
        </Empty>
      )}
    </>
  );
}

/** How long somebody looks at a request before the next one is fetched. */
const LOOK_MS = 400;

/** Fetches the request after this one, so that it is there when this one is decided. */
function useNextEarly(line: Line | undefined, lines: readonly Line[]): void {
  const client = useQueryClient();
  const next = line && lines[lines.indexOf(line) + 1];
  const id = next && "entry" in next ? next.key : undefined;
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(() => void client.prefetchQuery(approval(id)), LOOK_MS);
    return () => clearTimeout(timer);
  }, [client, id]);
}

function Similar({ line, acts }: { line: GroupLine; acts: InboxActs }) {
  const { money, list } = useLanguage();
  const t = useMore();
  const words = useWords();
  const { group, members, sums, open } = line;
  return (
    <div className={style.similar}>
      <h2>
        {group.actionType}: {words.group(members.length)}
      </h2>
      {sums.length > 0 && <p>{t.sum(list(sums.map(money)))}</p>}
      <p>{t.groupHint(members.length)}</p>
      <h3>{t.groupWhy}</h3>
      <ul>
        {group.reasons.map((reason) => (
          <li key={reason}>
            <Inert text={reason} />
          </li>
        ))}
      </ul>
      <div className={style.acts}>
        <Button onClick={acts.open}>
          {open ? t.fold : t.expand} <Key of="o" />
        </Button>
        {acts.mayDecide && <Decide acts={acts} />}
      </div>
    </div>
  );
}

/** What was decided in the card: the list is told, and the next request takes its place. */
function useDecided(cursor: Cursor, lines: readonly Line[]): (done: Done) => void {
  const client = useQueryClient();
  return ({ verb }) => {
    const { id, line } = cursor;
    if (id !== undefined) {
      decidedHere(id);
      void look(client, id);
    }
    if (verb === "undo") return;
    if (line && lines.at(-1) !== line) cursor.step(1);
    else if (!cursor.beside) cursor.close();
  };
}
