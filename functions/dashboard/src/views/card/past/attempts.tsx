import { Inert } from "~/ui/inert";
import { Status } from "~/ui/status";
import { When } from "~/ui/time";
import { Word, wordFor } from "~/ui/word";
import type { Detail } from "../detail";
import style from "../facts/facts.module.css";
import { useRoles } from "../facts/roles";
import { Section } from "../section";
import { useWords } from "../words";
import { ToAction } from "./link";

/** How the last attempt at the very same effect ended. */
export function Earlier({ of }: { of: Detail["earlier"] }) {
  const words = useWords();
  if (!of) return null;
  return (
    <Section title={words.earlier}>
      <p>
        {words.attempt(of.attempt)}: <Status of={of.status} /> <When at={of.at} />
        {of.by && (
          <>
            {" "}
            {words.decidedBy} <Inert text={of.by} most={120} />
          </>
        )}
        {" · "}
        <ToAction id={of.id} />
      </p>
      {of.note && (
        <blockquote>
          <Inert text={of.note} />
        </blockquote>
      )}
    </Section>
  );
}

/** Attempts to decide that were refused: who, what, and what they had not seen or were not allowed. */
export function Refused({ of }: { of: Detail["refused"] }) {
  const words = useWords();
  const roles = useRoles();
  if (of.length === 0) return null;
  return (
    <Section title={words.refusedTitle}>
      <ul className={style.plain}>
        {of.map((one) => (
          <li key={`${one.person} ${one.at} ${one.refusal}`}>
            <strong>
              <Inert text={one.person} most={120} />
            </strong>{" "}
            (<Inert text={roles(one.roles)} most={120} />){" "}
            <Inert text={words.triedTo(wordFor(one.verb, words.verb))} most={120} />
            {" – "}
            <Word of={one.refusal} among={words.refusal} />, <When at={one.at} />. {words.refusedThen}{" "}
            <Status of={one.status} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
