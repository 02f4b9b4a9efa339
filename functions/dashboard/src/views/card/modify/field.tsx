import { useId } from "react";
import { useLanguage } from "~/i18n";
import { changePercent, isDecimal } from "~/ui/decimal";
import { Inert } from "~/ui/inert";
import { Slider } from "~/ui/slider";
import { wordFor } from "~/ui/word";
import { FieldName } from "../facts/value";
import { useWords } from "../words";
import { differs, type Editor, fault } from "./editors";
import style from "./modify.module.css";
import { range, text } from "./range";

interface FieldProps {
  of: Editor;
  value: string;
  onText: (text: string) => void;
}

/** One field: its text, a slider where it is a number, what it was, and what is wrong with it. */
export function Field({ of, value, onText }: FieldProps) {
  const words = useWords();
  const id = useId();
  const wrong = fault(value, of, words);
  return (
    <div className={style.field}>
      <div className={style.label}>
        <label htmlFor={id}>
          <FieldName of={of.name} /> {of.of && <Inert text={of.of} most={80} />} {of.currency}
          {of.kind === "lines" && ` (${words.onePerLine})`}
        </label>
        {differs(value, of) && (
          <button type="button" className={style.reset} onClick={() => onText(of.now)}>
            {words.modifyReset}
          </button>
        )}
      </div>
      <Input {...{ id, of, value, onText }} wrong={wrong !== undefined} />
      <p id={`${id}-about`} className={wrong ? style.wrong : style.about}>
        {wrong ?? <About of={of} value={value} />}
      </p>
      <Drag of={of} value={value} onText={onText} />
    </div>
  );
}

function Input({ id, of, value, onText, wrong }: FieldProps & { id: string; wrong: boolean }) {
  const words = useWords();
  const { t } = useLanguage();
  const names: Record<string, string> = { ...t.common.role, ...words.option };
  const common = { id, value, "aria-invalid": wrong, "aria-describedby": `${id}-about` };
  if (of.kind === "choice") {
    return (
      <select {...common} onChange={(event) => onText(event.target.value)}>
        {[...new Set([of.now, ...(of.choices ?? [])])].map((choice) => (
          <option key={choice} value={choice}>
            {wordFor(choice, names)}
          </option>
        ))}
      </select>
    );
  }
  if (of.kind === "text" || of.kind === "lines") {
    return <textarea {...common} rows={4} onChange={(event) => onText(event.target.value)} />;
  }
  const mode = of.kind === "count" ? "numeric" : of.kind === "line" ? "text" : "decimal";
  return (
    <input {...common} inputMode={mode} autoComplete="off" onChange={(event) => onText(event.target.value)} />
  );
}

/** What it was, and how much that is a change. */
function About({ of, value }: { of: Editor; value: string }) {
  const { money, percent, number } = useLanguage();
  const words = useWords();
  const said = (text: string) =>
    of.currency
      ? money({ amount: text, currency: of.currency })
      : isDecimal(text)
        ? number(Number(text))
        : text;
  if (of.kind !== "money" && of.kind !== "count" && of.kind !== "figure") {
    return of.most === undefined ? null : words.left(number(of.most - [...value].length));
  }
  const from = of.was ?? of.now;
  const change = changePercent(from, value);
  return (
    <>
      {words.was} {said(of.now)}
      {change !== undefined && (of.was !== undefined || differs(value, of)) && (
        <>
          {" · "}
          {change > 0 ? "+" : ""}
          {percent(change)} {words.of} {said(from)}
        </>
      )}
    </>
  );
}

function Drag({ of, value, onText }: FieldProps) {
  const { money, number } = useLanguage();
  const { field } = useWords();
  const span = range(of);
  if (!span || !isDecimal(value)) return null;
  const names: Record<string, string> = field;
  return (
    <Slider
      {...span}
      label={`${wordFor(of.name, names)}${of.of ? ` ${of.of}` : ""}`}
      value={Number(value)}
      was={Number(of.now)}
      said={(next) => (of.currency ? money({ amount: text(next, of), currency: of.currency }) : number(next))}
      onValue={(next) => onText(text(next, of))}
    />
  );
}
