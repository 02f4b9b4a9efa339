import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Loading, Problem } from "~/ui/notice";
import style from "./card.module.css";
import { Changed } from "./changed";
import { Comments } from "./comments";
import { Bar, type Done } from "./decide/bar";
import type { Detail } from "./detail";
import { Digest } from "./digest";
import { forgetOld } from "./drafts";
import { Back } from "./facts/back";
import { People } from "./facts/people";
import { Premises } from "./facts/premises";
import { Reasons } from "./facts/reasons";
import { AgentSays } from "./facts/says";
import { Will } from "./facts/will";
import { Head } from "./head";
import { Earlier, Refused } from "./past/attempts";
import { History } from "./past/history";
import { Similar } from "./past/similar";
import { useShown } from "./shown";
import { State } from "./state";
import { useWords } from "./words";

export type { Done } from "./decide/bar";

interface CardProps {
  /** The action's id. */
  id: string;
  /** Called when the person has decided: the list can go on. A changed request is gone to by the card itself. */
  onDone?: ((done: Done) => void) | undefined;
}

/** One request with everything that a person needs to decide it, and what they can do about it. */
export function Card({ id, onDone }: CardProps) {
  return <Opened key={id} id={id} onDone={onDone} />;
}

function Opened({ id, onDone }: CardProps) {
  const { shown, now, accept, error, again } = useShown(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  useEffect(forgetOld, []);
  if (!shown) return error ? <Problem error={error} retry={again} /> : <Loading rows={6} />;
  const look = () => {
    accept();
    heading.current?.focus();
  };
  const done = (what: Done) => {
    if (!document.activeElement?.closest("button, a, input")) heading.current?.focus({ preventScroll: true });
    // What took its place is what the person wants to see next, not the next of the list.
    if (what.verb !== "modify" || what.next === undefined) onDone?.(what);
    else void navigate({ to: "/inbox/$id", params: { id: what.next }, search: true });
  };
  return (
    <article className={style.card}>
      <Head of={shown.value} heading={heading} />
      {now && <Changed before={shown.value} after={now.value} place={place} onAccept={look} />}
      {error && <Problem error={error} retry={again} />}
      <State of={shown.value} />
      {!now && shown.value.policyChanged && <PolicyChanged />}
      <Body of={shown.value} />
      <Bar shown={shown} onLook={now && (() => place.current?.focus())} onDone={done} />
    </article>
  );
}

function PolicyChanged() {
  const words = useWords();
  return (
    <p className={`${style.banner} ${style.warn}`} role="status">
      {words.policyChanged}
    </p>
  );
}

/** Facts first, each from the typed action or from policy; then the agent's words; then what was before. */
export function Body({ of }: { of: Detail }) {
  return (
    <div className={style.body}>
      <Will of={of} />
      <Reasons of={of} />
      <Premises of={of} />
      <People of={of} />
      <Back of={of} />
      <AgentSays of={of} />
      <Earlier of={of.earlier} />
      <Similar of={of.similar} />
      <Refused of={of.refused} />
      <Comments of={of} />
      <History of={of.history} />
      <Digest of={of} />
    </div>
  );
}
