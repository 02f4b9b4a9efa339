import { Amount } from "~/ui/amount";
import { Inert } from "~/ui/inert";
import { Facts } from "~/ui/page";
import { When } from "~/ui/time";
import style from "./card.module.css";
import { type Detail, isOpen } from "./detail";
import { ToRequest } from "./past/link";
import { useWords } from "./words";

const GOOD = new Set(["EXECUTED", "UNDONE"]);
const BAD = new Set(["FAILED", "UNKNOWN"]);

/** Where it is when it does not wait for a person: on its way, stopped, or what came of it; as it is, never nicer. */
export function State({ of }: { of: Detail }) {
  const words = useWords();
  if (isOpen(of)) return <Waiting of={of} />;
  const tone = GOOD.has(of.status) ? style.good : BAD.has(of.status) ? style.warn : "";
  return (
    <div className={`${style.banner} ${tone}`} role="status">
      <p>
        <strong>
          {Object.hasOwn(words.ended, of.status) ? words.ended[of.status] : underWay(of.status, words)}
        </strong>
        <Deciders of={of} />
      </p>
      {of.note && (
        <p>
          <Inert text={of.note} />
        </p>
      )}
      <Outcome of={of} />
      <Links of={of} />
    </div>
  );
}

/** It waits for people: why it came back to them, where it did. */
function Waiting({ of }: { of: Detail }) {
  const words = useWords();
  return (
    <>
      {of.note && (
        <div className={`${style.banner} ${style.warn}`} role="status">
          <p>
            <strong>{words.cameBack}</strong> <Inert text={of.note} />
          </p>
        </div>
      )}
      <Links of={of} />
    </>
  );
}

function underWay(status: string, words: ReturnType<typeof useWords>): string {
  if (status === "HELD") return words.stopped;
  if (status === "PROPOSED") return words.atGate;
  return status === "CEO_REVIEW" ? words.withCeo : words.underWay;
}

/** Who decided it: those who agreed, or who refused. */
function Deciders({ of }: { of: Detail }) {
  const words = useWords();
  const against = of.approval?.votes.filter((vote) => !vote.agrees).map((vote) => vote.person) ?? [];
  const [said, by] = of.grant ? [words.agreedByName, of.grant.by] : [words.refusedByName, against];
  if (by.length === 0) return null;
  return (
    <>
      {" "}
      {said} <Names of={by} />.
    </>
  );
}

function Names({ of }: { of: readonly string[] }) {
  return of.map((name, place) => (
    <span key={name}>
      {place > 0 && ", "}
      <Inert text={name.replace(/^(policy [0-9a-f]{8})[0-9a-f]{56}$/, "$1")} most={120} />
    </span>
  ));
}

/** What the other system said. Its address is text: it comes from outside. */
function Outcome({ of }: { of: Detail }) {
  const words = useWords();
  if (!of.outcome) return null;
  const { detail, remoteId, link, at } = of.outcome;
  return (
    <>
      <p>
        <Inert text={detail} /> <When at={at} />
      </p>
      <Facts
        of={[
          [words.amountMoved, of.amount && <Amount of={of.amount} />],
          [words.remoteId, remoteId && <Inert text={remoteId} most={200} />],
          [words.link, link && <Inert text={link} most={300} />],
        ]}
      />
    </>
  );
}

function Links({ of }: { of: Detail }) {
  const words = useWords();
  const lines: readonly [string, string | null | undefined][] = [
    [words.supersededBy, of.supersededBy],
    [words.supersedes, of.supersedes],
    [words.undoes, of.undoes],
  ];
  return lines.map(([line, id]) =>
    id ? (
      <p key={line} className={style.links}>
        {line} <ToRequest id={id} />
      </p>
    ) : null,
  );
}
