import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Key } from "~/ui/keys";
import type { InboxActs } from "./acts";
import style from "./bar.module.css";
import { useInboxCommands } from "./commands";
import type { Cursor } from "./cursor";
import { useMore } from "./more";
import type { Selection } from "./selection";
import { sums } from "./sum";

interface BarProps {
  cursor: Cursor;
  selection: Selection;
  acts: InboxActs;
}

/** Below the list: a button for every key, or what can be done with all that is selected. */
export function Bar({ cursor, selection, acts }: BarProps) {
  const t = useMore();
  useInboxCommands(cursor, selection, acts);
  if (selection.chosen.size > 0) return <Chosen selection={selection} acts={acts} />;
  const none = cursor.line === undefined;
  return (
    <section aria-label={t.bar} className={style.bar}>
      <Button kind="quiet" onClick={() => cursor.step(1)}>
        {t.next} <Key of="j" />
      </Button>
      <Button kind="quiet" onClick={() => cursor.step(-1)}>
        {t.previous} <Key of="k" />
      </Button>
      <Button kind="quiet" disabled={none} onClick={acts.open}>
        {t.open} <Key of="o" />
      </Button>
      <Button kind="quiet" disabled={none} onClick={acts.select}>
        {t.select} <Key of="s" />
      </Button>
      <span className={style.gap} />
      <Button kind="quiet" aria-haspopup="dialog" onClick={acts.help}>
        {t.keys} <Key of="?" />
      </Button>
    </section>
  );
}

function Chosen({ selection, acts }: Omit<BarProps, "cursor">) {
  const { money, list } = useLanguage();
  const t = useMore();
  const amounts = sums([...selection.chosen.values()].map(({ amount }) => amount)).map(money);
  return (
    <section aria-label={t.bar} className={`${style.bar} ${style.chosen}`}>
      <strong role="status">{t.selected(selection.chosen.size)}</strong>
      {amounts.length > 0 && <span>{t.sum(list(amounts))}</span>}
      <span className={style.gap} />
      {acts.mayDecide && <Decide acts={acts} />}
      <Button kind="quiet" onClick={selection.clear}>
        {t.unselect} <Key of="u" />
      </Button>
    </section>
  );
}

/** Approve or reject several: each asks once more. */
export function Decide({ acts }: { acts: InboxActs }) {
  const t = useMore();
  return (
    <>
      <Button kind="primary" aria-haspopup="dialog" onClick={() => acts.decide("approve")}>
        {t.approveMany} <Key of="a" />
      </Button>
      <Button aria-haspopup="dialog" onClick={() => acts.decide("reject")}>
        {t.rejectMany} <Key of="x" />
      </Button>
    </>
  );
}
