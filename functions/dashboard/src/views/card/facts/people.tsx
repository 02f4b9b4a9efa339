import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Facts } from "~/ui/page";
import { Moment, When } from "~/ui/time";
import type { Detail } from "../detail";
import { Section } from "../section";
import { useWords } from "../words";
import style from "./facts.module.css";
import { useRoles } from "./roles";

/** Who has to agree, who has, who is asked as well and when, and whose own request it is. */
export function People({ of }: { of: Detail }) {
  const words = useWords();
  const roles = useRoles();
  const asked = of.approval;
  const names = (accounts: readonly string[]) =>
    accounts.map((account) => <Inert key={account} text={account} most={120} />);
  return (
    <Section title={words.people}>
      <Facts
        of={[
          [words.roles, asked && <Inert key="roles" text={roles(asked.roles)} />],
          [words.quorum, asked && words.agreedOf(asked.agreed, asked.quorum)],
          [words.votes, asked && <Votes key="votes" of={asked.votes} />],
          [words.escalates, asked && <Escalation key="escalation" of={asked} />],
          [
            words.deadline,
            asked && (
              <>
                <Moment at={asked.deadline} /> <span className={style.note}>{words.deadlineMeans}</span>
              </>
            ),
          ],
          [
            words.authors,
            of.authors.length > 0 && (
              <span className={style.names}>
                {names(of.authors)} <span className={style.note}>{words.authorsMeans}</span>
              </span>
            ),
          ],
          [words.handed, of.delegated.length > 0 && <Handed key="handed" of={of.delegated} />],
        ]}
      />
    </Section>
  );
}

type Asked = NonNullable<Detail["approval"]>;

function Votes({ of }: { of: Asked["votes"] }) {
  const words = useWords();
  const roles = useRoles();
  if (of.length === 0) return words.noVotes;
  return (
    <ul className={style.plain}>
      {of.map((vote) => (
        <li key={`${vote.person} ${vote.at}`}>
          <strong>
            <Inert text={vote.person} most={120} />
          </strong>{" "}
          (<Inert text={roles([vote.role])} most={80} />
          {vote.onBehalf && (
            <>
              , {words.onBehalf} <Inert text={vote.onBehalf} most={120} />
            </>
          )}
          ){" "}
          <span className={vote.agrees ? style.good : style.bad}>
            {vote.agrees ? words.agrees : words.refuses}
          </span>
          , <When at={vote.at} />
          {vote.reason && (
            <blockquote>
              <Inert text={vote.reason} />
            </blockquote>
          )}
        </li>
      ))}
    </ul>
  );
}

function Escalation({ of }: { of: Asked }) {
  const words = useWords();
  const roles = useRoles();
  const { moment } = useLanguage();
  const when = of.escalatedAt ?? of.escalatesAt;
  if (of.escalation.length === 0 || !when) return <Inert text={roles(of.escalation)} />;
  return <Inert text={words.escalatesThen(roles(of.escalation), moment(when))} />;
}

function Handed({ of }: { of: Detail["delegated"] }) {
  const words = useWords();
  return (
    <ul className={style.plain}>
      {of.map((one) => (
        <li key={`${one.from} ${one.to} ${one.at}`}>
          <Inert text={one.from} most={120} /> → <Inert text={one.to} most={120} />,{" "}
          {words.until.toLowerCase()} <Moment at={one.until} />
          <blockquote>
            <Inert text={one.reason} />
          </blockquote>
        </li>
      ))}
    </ul>
  );
}
