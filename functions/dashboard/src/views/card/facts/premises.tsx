import { Inert } from "~/ui/inert";
import { Table } from "~/ui/page";
import { When } from "~/ui/time";
import { broken, type Detail } from "../detail";
import { Section } from "../section";
import { useWords } from "../words";
import style from "./facts.module.css";

/** What must be true when it is executed, and what is true now. */
export function Premises({ of }: { of: Detail }) {
  const words = useWords();
  const wrong = broken(of).length;
  if (of.premises.length === 0) {
    return (
      <Section title={words.premises}>
        <p className={style.note}>{words.premisesNone}</p>
      </Section>
    );
  }
  const read = of.premises.some((premise) => typeof premise.holds === "boolean");
  return (
    <Section title={words.premises}>
      {read && (
        <p className={wrong > 0 ? style.bad : style.note} role={wrong > 0 ? "alert" : undefined}>
          {wrong > 0 ? words.premisesBroken(wrong) : words.premisesHold}
        </p>
      )}
      <Table label={words.premises}>
        <thead>
          <tr>
            <th scope="col">{words.fact}</th>
            <th scope="col">{words.mustBe}</th>
            <th scope="col">{words.isNow}</th>
          </tr>
        </thead>
        <tbody>
          {of.premises.map((premise) => (
            <Row key={`${premise.source} ${premise.field} ${premise.mustBe}`} of={premise} />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function Row({ of }: { of: Detail["premises"][number] }) {
  const words = useWords();
  return (
    <tr className={style.row}>
      <th scope="row">
        <Inert text={of.field} most={120} />
        <small>
          <Inert text={of.source} most={160} />
        </small>
      </th>
      <td>
        <Inert text={of.mustBe} most={200} />
      </td>
      <td className={of.holds === false ? style.bad : undefined}>
        {of.found != null ? <Inert text={of.found} most={200} /> : words.unread}
        {typeof of.holds === "boolean" && (
          <strong className={of.holds ? style.good : style.bad}>
            {of.holds ? "✓" : "✗"} {of.holds ? words.holds : words.broken}
          </strong>
        )}
        {of.readAt && (
          <small>
            {words.readAt} <When at={of.readAt} />
          </small>
        )}
      </td>
    </tr>
  );
}
