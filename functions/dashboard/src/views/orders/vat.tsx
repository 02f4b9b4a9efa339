import type { OrderDetail } from "~/api/orders";
import { useLanguage } from "~/i18n";
import { Inert } from "~/ui/inert";
import { Facts, Panel } from "~/ui/page";
import { Lines, Quiet } from "~/ui/stack";
import { Word } from "~/ui/word";
import { useWords } from "./words";

/** How the order is taxed, and what proves it. */
export function Vat({ of }: { of: OrderDetail }) {
  const w = useWords();
  return <Panel title={w.vat}>{of.taxed ? <Known of={of.taxed} /> : <Quiet>{w.vatNone}</Quiet>}</Panel>;
}

function Known({ of }: { of: NonNullable<OrderDetail["taxed"]> }) {
  const w = useWords();
  const { money, percent } = useLanguage();
  return (
    <>
      <Facts
        of={[
          [w.treatment, <Word key="t" of={of.treatment} among={w.treatments} />],
          [w.country, of.country],
          [w.rate, percent(Number(of.rate))],
          [w.tax, money(of.tax)],
          [w.ratesOf, <Inert key="o" text={of.on} most={20} brief />],
        ]}
      />
      {of.evidence.length > 0 && (
        <>
          <h3>{w.proof}</h3>
          <Lines>
            {of.evidence.map((proof) => (
              <li key={proof}>
                <Inert text={proof} most={200} />
              </li>
            ))}
          </Lines>
        </>
      )}
    </>
  );
}
