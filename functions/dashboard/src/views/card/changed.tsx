import type { ReactNode, RefObject } from "react";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Table } from "~/ui/page";
import { Tier } from "~/ui/tier";
import { wordFor } from "~/ui/word";
import style from "./card.module.css";
import type { Detail } from "./detail";
import { type Difference, differences } from "./differences";
import { FieldName } from "./facts/value";
import { useWords } from "./words";

interface ChangedProps {
  before: Detail;
  after: Detail;
  place?: RefObject<HTMLDivElement | null>;
  onAccept: () => void;
}

/** That what is on the screen is not what is there now: the difference, and the way to it. */
export function Changed({ before, after, place, onAccept }: ChangedProps) {
  const { t } = useLanguage();
  const words = useWords();
  const tier = (of: Detail) => (of.tier ? wordFor(of.tier, t.common.tier) : words.nothingThere);
  return (
    <div ref={place} tabIndex={-1} className={`${style.banner} ${style.warn}`} role="alert">
      <h3>{words.changedTitle}</h3>
      <p>
        {before.tier !== after.tier && <Inert text={`${words.tierChanged(tier(before), tier(after))} `} />}
        {before.decision?.revision !== after.decision?.revision && `${words.policyAnew} `}
        {words.changedHint}
      </p>
      <Differences of={differences(before, after)} />
      <Button kind="primary" onClick={onAccept}>
        {words.changedAccept}
      </Button>
    </div>
  );
}

function Differences({ of }: { of: readonly Difference[] }) {
  const words = useWords();
  return (
    <Table label={words.changedTitle}>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden-visually">{words.fact}</span>
          </th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {of.map((one) => (
          <tr key={`${one.part} ${one.name}`}>
            <th scope="row">
              <Name of={one} />
            </th>
            <td>
              <Side of={one.before} part={one.part} />
            </td>
            <td>
              <strong>
                <Side of={one.after} part={one.part} />
              </strong>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Name({ of }: { of: Difference }): ReactNode {
  const words = useWords();
  if (of.part === "field") {
    return of.name?.split(".").map((name, place) => (
      <span key={place}>
        {place > 0 && " › "}
        <FieldName of={name} />
      </span>
    ));
  }
  return (
    <>
      {words.part[of.part]} {of.name && <Inert text={of.name} most={160} />}
    </>
  );
}

function Side({ of, part }: { of: string | undefined; part: Difference["part"] }) {
  const { moment } = useLanguage();
  const words = useWords();
  if (of === undefined) return words.nothingThere;
  if (part === "deadline") return moment(of);
  if (part === "tier") return <Tier of={of} />;
  return <Inert text={part === "revision" ? of.slice(0, 8) : of} most={300} />;
}
