import type { OrderDetail } from "~/api/orders";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Facts, Panel } from "~/ui/page";
import { Lines, Quiet } from "~/ui/stack";
import { Moment } from "~/ui/time";
import { Word, wordFor } from "~/ui/word";
import { BandMark } from "./marks";
import { useWords } from "./words";

/** What fraud found, and what it rests on. */
export function Check({ of }: { of: OrderDetail }) {
  const w = useWords();
  return (
    <Panel title={w.check}>{of.checked ? <Found of={of.checked} /> : <Quiet>{w.checkNone}</Quiet>}</Panel>
  );
}

function Found({ of }: { of: NonNullable<OrderDetail["checked"]> }) {
  const w = useWords();
  const { number, list, t } = useLanguage();
  const signed = (points: number) => (points > 0 ? `+${number(points)}` : number(points));
  const passed = of.checksPassed;
  return (
    <>
      <Facts
        of={[
          [w.score, number(of.score)],
          [w.band, <BandMark key="b" of={of.band} />],
          [w.passed, typeof passed === "boolean" && (passed ? w.passedYes : w.passedNo)],
          [w.released, of.released && t.common.yes],
          [w.looked, <Moment key="m" at={of.at} />],
        ]}
      />
      <h3>{w.evidence}</h3>
      {of.evidence.length === 0 && <Quiet>{w.evidenceNone}</Quiet>}
      <Lines>
        {of.evidence.map(({ code, points }) => (
          <li key={code}>
            <Word of={code} among={w.codes} /> <small>{w.points(signed(points))}</small>
          </li>
        ))}
      </Lines>
      {of.missing.length > 0 && (
        <p>
          {w.missing}: <Inert text={list(of.missing.map((name) => wordFor(name, w.codes)))} most={400} />
        </p>
      )}
    </>
  );
}
