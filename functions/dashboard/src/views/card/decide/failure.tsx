import type { ApiError } from "~/api/problem";
import { type Messages, useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Problem } from "~/ui/notice";
import { wordFor } from "~/ui/word";
import style from "../card.module.css";
import { type CardWords, useWords } from "../words";

interface FailureProps {
  error: ApiError | null;
  /** The very same once more, where that is safe. */
  again?: () => void;
  dismiss?: () => void;
}

/** Why it was not done, who was first where somebody was, and what to do; what was written stays. */
export function Failure({ error, again, dismiss }: FailureProps) {
  const { t } = useLanguage();
  const words = useWords();
  if (!error) return null;
  const told = lost(error, words, t);
  const close = dismiss && <Button onClick={dismiss}>{words.dismiss}</Button>;
  if (told === undefined) {
    return (
      <Problem error={error} retry={error.passes ? again : undefined}>
        {close}
      </Problem>
    );
  }
  return (
    <div className={`${style.banner} ${style.warn}`} role="alert">
      <p>
        <strong>{told}</strong> {words.notCounted}
      </p>
      <Since of={error.problem?.changes} />
      {close}
    </div>
  );
}

/** That somebody, or something, was first; nothing for any other failure. */
function lost(error: ApiError, words: CardWords, t: Messages) {
  const { type, state, decidedBy }: Record<string, unknown> = error.problem ?? {};
  const kind = String(type).split("#problem-").at(-1);
  if (kind === "expired") return words.expiredNow;
  if (kind === "changed" || kind === "precondition") return words.changedNow;
  if (kind !== "decided") return undefined;
  const now = wordFor(String(state), t.common.status);
  const who = Array.isArray(decidedBy) ? decidedBy.map(String) : [];
  if (who.length === 0) return <Inert text={words.firstNobody(now)} most={300} />;
  return <Inert text={words.firstBy(who.join(", "), now)} most={300} />;
}

/** What happened since the person looked. */
function Since({ of }: { of: unknown }) {
  if (!Array.isArray(of) || of.length === 0) return null;
  return (
    <ul>
      {of.slice(-5).map((change: Record<string, unknown>) => (
        <li key={String(change.seq)}>
          <Inert text={`${change.by}: ${change.what}`} most={200} />
        </li>
      ))}
    </ul>
  );
}
