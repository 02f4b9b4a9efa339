import { useLanguage } from "~/i18n";
import { Amount, isAmount } from "~/ui/amount";
import { Inert } from "~/ui/inert";
import { useWords } from "../words";
import style from "./facts.module.css";

/** The name of a field in words; one that the page does not know, as it is. */
export function FieldName({ of }: { of: string }) {
  const { field } = useWords();
  return Object.hasOwn(field, of) ? field[of as keyof typeof field] : <Inert text={of} most={80} />;
}

/** Whatever a field holds, all of it, as text. */
export function Value({ of }: { of: unknown }) {
  const { t, number } = useLanguage();
  const words = useWords();
  if (isAmount(of)) return <Amount of={of} />;
  if (Array.isArray(of)) return <Items of={of} />;
  if (typeof of === "object" && of !== null) return <Fields of={of} />;
  if (typeof of === "number") return <data value={of}>{number(of)}</data>;
  if (typeof of === "boolean") return of ? t.common.yes : t.common.no;
  if (typeof of !== "string" || of === "") return <span className={style.none}>{words.nothingThere}</span>;
  return <Inert text={of} most={400} />;
}

function Items({ of }: { of: readonly unknown[] }) {
  const words = useWords();
  if (of.length === 0) return <span className={style.none}>{words.nothingThere}</span>;
  return (
    <ol className={style.items}>
      {of.map((item, place) => (
        <li key={place}>
          <Value of={item} />
        </li>
      ))}
    </ol>
  );
}

/** Every field of an object, in its own order, whatever its type. */
export function Fields({ of }: { of: object }) {
  return (
    <dl className={style.fields}>
      {Object.entries(of).map(([name, value]) => (
        <div key={name} className={`${style.field} ${isDeep(value) ? style.deep : ""}`}>
          <dt>
            <FieldName of={name} />
          </dt>
          <dd>
            <Value of={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Whether a value has fields of its own: then it stands below its name, and not beside it. */
function isDeep(of: unknown): boolean {
  if (typeof of !== "object" || of === null || isAmount(of)) return false;
  return Array.isArray(of) ? of.some(isDeep) : true;
}
