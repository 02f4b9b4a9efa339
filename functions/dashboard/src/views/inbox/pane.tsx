import { CatchBoundary } from "@tanstack/react-router";
import { Suspense } from "react";
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
import style from "./inbox.module.css";
import { Card } from "./later";
import type { GroupLine } from "./lines";
import { useWords } from "./words";

interface PaneProps {
  cursor: Cursor;
  acts: InboxActs;
  onDone: (done: Done) => void;
}

/** Beside the list, or over it where there is no room: the card of the request that somebody is at. */
export function Pane({ cursor, acts, onDone }: PaneProps) {
  const t = useWords();
  const { beside, id, shown, line } = cursor;
  return (
    <>
      {!beside && (
        <div className={style.back}>
          <h1 className="hidden-visually">{t.title}</h1>
          <Button kind="quiet" onClick={cursor.close}>
            ← {t.back}
          </Button>
          <span className={style.gap} />
          <Button kind="quiet" icon aria-label={t.previous} onClick={() => cursor.step(-1)}>
            ↑
          </Button>
          <Button kind="quiet" icon aria-label={t.next} onClick={() => cursor.step(1)}>
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
        <Empty title={t.pick}>
          <p>{t.pickHint}</p>
        </Empty>
      )}
    </>
  );
}

function Similar({ line, acts }: { line: GroupLine; acts: InboxActs }) {
  const { money, list } = useLanguage();
  const t = useWords();
  const { group, members, sums, open } = line;
  return (
    <div className={style.similar}>
      <h2>
        {group.actionType}: {t.group(members.length)}
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
