import type { Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Tier } from "~/ui/tier";
import { wordFor } from "~/ui/word";
import { ReasonList } from "../facts/reasons";
import { useRoles } from "../facts/roles";
import { ToAction } from "../past/link";
import { useWords } from "../words";
import style from "./modify.module.css";
import { Rooms } from "./rooms";

/** The tier as it is, and as it would be. */
export function Tiers({ of }: { of: Schema<"Preview"> }) {
  return (
    <>
      <Tier of={of.tierNow} />
      <span aria-hidden="true">→</span>
      <Tier of={of.decision.tier} />
    </>
  );
}

/** What policy would say of the changed request. */
export function Verdict({ of, busy }: { of: Schema<"Preview">; busy: boolean }) {
  const { t, span } = useLanguage();
  const words = useWords();
  const roles = useRoles();
  const { decision, tierNow } = of;
  const moved = decision.tier !== tierNow;
  return (
    <div className={style.verdict} aria-busy={busy}>
      <p className={style.tiers}>
        <Tiers of={of} />
        <span className="hidden-visually" role="status">
          {moved
            ? words.tierChanged(wordFor(tierNow, t.common.tier), wordFor(decision.tier, t.common.tier))
            : words.tierStays}
        </span>
      </p>
      <p>
        <strong>
          <Inert text={of.willHappen} most={300} />
        </strong>
      </p>
      {decision.tier !== "DENIED" && (
        <p>
          <Inert text={words.fewer(roles(of.roles), of.quorum)} />
          {decision.undoMinutes > 0 &&
            ` ${words.reversibility.reversible} ${words.undoFor(span(decision.undoMinutes * 60_000))}.`}
        </p>
      )}
      {of.stopped && (
        <p className={style.wrong}>
          {words.wouldStop} <Inert text={of.stopped} />
        </p>
      )}
      {of.underWay && (
        <p className={style.wrong}>
          {words.sameUnderWay} <ToAction id={of.underWay} />
        </p>
      )}
      <ReasonList of={decision.reasons} />
      <Rooms of={of.budgets} />
    </div>
  );
}
