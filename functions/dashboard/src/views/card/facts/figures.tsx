import { useLanguage } from "~/i18n";
import { isAmount } from "~/ui/amount";
import { changePercent, minus, percentOf } from "~/ui/decimal";
import { Inert } from "~/ui/inert";
import { at, type Spec, specs } from "../specs";
import { useWords } from "../words";
import style from "./facts.module.css";
import { FieldName, Value } from "./value";
import { Variants } from "./variants";

/** The money, the target and the quantity that matter for this type of action. */
export function Figures({ type, payload }: { type: string; payload: unknown }) {
  const shown = specs(type).filter((spec) => spec.lead && at(payload, spec.path) !== undefined);
  const plain = shown.filter(({ kind }) => kind !== "variants");
  return (
    <>
      {plain.length > 0 && (
        <dl className={style.figures}>
          {plain.map((spec) => (
            <div key={spec.path} data-kind={spec.kind} data-change={spec.was !== undefined || undefined}>
              <dt>
                <FieldName of={spec.path.split(".").at(-1) ?? ""} />
              </dt>
              <dd>
                <Figure of={spec} payload={payload} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {shown.length > plain.length && <Variants of={at(payload, "listing.variants")} />}
    </>
  );
}

function Figure({ of, payload }: { of: Spec; payload: unknown }) {
  const value = at(payload, of.path);
  if (of.was !== undefined)
    return <Change from={at(payload, of.was)} to={value} cost={of.cost && at(payload, of.cost)} />;
  if (of.kind === "choice") return <Choice of={value} />;
  return <Brief of={value} />;
}

/** A product as its key, all else as what it is. */
function Brief({ of }: { of: unknown }) {
  const [supplier, sku] = [at(of, "supplier"), at(of, "sku")];
  if (typeof supplier === "string" && typeof sku === "string")
    return <Inert text={`${supplier}/${sku}`} most={200} />;
  return <Value of={of} />;
}

function Choice({ of }: { of: unknown }) {
  const { t } = useLanguage();
  const { option } = useWords();
  const names: Record<string, string> = { ...t.common.role, ...option };
  return typeof of === "string" && Object.hasOwn(names, of) ? names[of] : <Value of={of} />;
}

/** From what to what, and how much that is. */
function Change({ from, to, cost }: { from: unknown; to: unknown; cost: unknown }) {
  const { percent } = useLanguage();
  const words = useWords();
  const change = changePercent(digits(from), digits(to));
  const margin =
    isAmount(to) && isAmount(cost) ? percentOf(minus(to.amount, cost.amount) ?? "", to.amount) : undefined;
  return (
    <>
      <span className={style.from}>
        <Value of={from} />
      </span>
      <span aria-hidden="true"> → </span>
      <strong>
        <Value of={to} />
      </strong>
      {change !== undefined && (
        <small>
          {change > 0 ? "+" : ""}
          {percent(change)} {words.change}
        </small>
      )}
      {margin !== undefined && (
        <small>
          {words.marginAfter}: {percent(margin)}
        </small>
      )}
    </>
  );
}

function digits(of: unknown): string {
  return isAmount(of) ? of.amount : String(of);
}
