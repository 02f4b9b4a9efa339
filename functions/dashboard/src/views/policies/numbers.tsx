import { useState } from "react";
import type { Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Panel, Table } from "~/ui/page";
import { type Edit, typed, written } from "./edit";
import style from "./policies.module.css";
import { useWords } from "./words";

type Threshold = Schema<"Threshold">;
type Change = ((path: string, value: number | undefined) => void) | undefined;

/** The numbers by group, in the order of their file. */
export function Numbers({ of, edit, change }: { of: readonly Threshold[]; edit: Edit; change: Change }) {
  const groups = new Map<string, Threshold[]>();
  for (const threshold of of)
    groups.set(threshold.group, [...(groups.get(threshold.group) ?? []), threshold]);
  return [...groups].map(([group, numbers]) => (
    <Group key={group} name={group} of={numbers} edit={edit} change={change} />
  ));
}

function Group({
  name,
  of,
  edit,
  change,
}: {
  name: string;
  of: readonly Threshold[];
  edit: Edit;
  change: Change;
}) {
  const w = useWords();
  return (
    <Panel title={name} className={style.group}>
      <Table label={name}>
        <thead>
          <tr>
            {[w.number, w.means, w.now, ...(change ? [w.next] : [])].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.map((threshold) => (
            <Row key={threshold.path} of={threshold} next={edit[threshold.path]} change={change} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Row({ of, next, change }: { of: Threshold; next: number | undefined; change: Change }) {
  const w = useWords();
  const { number } = useLanguage();
  const [table, name] = of.path.split(/\.(?=[^.]*$)/);
  return (
    <tr data-changed={next !== undefined} className={style.row}>
      <th scope="row">
        <span className={style.table}>{table}</span>
        {name && <span className={style.name}>{name.replaceAll("_", " ")}</span>}
      </th>
      <td>
        {of.meaning} <span className={style.where}>{w.where(number(of.line))}</span>
      </td>
      <td data-label={w.now} className={style.value}>
        <Value of={of.value} unit={of.unit} />
      </td>
      {change && (
        <td data-label={w.next}>
          <Editor of={of} next={next} change={change} />
        </td>
      )}
    </tr>
  );
}

/** A number as people read it: cents as money. */
export function Value({ of, unit }: { of: number; unit: string | null | undefined }) {
  const w = useWords();
  const { money, number } = useLanguage();
  if (unit === "cents") return money({ amount: written(of, unit), currency: "EUR" });
  return `${number(of)} ${unit ? (w.unit[unit] ?? unit) : ""}`;
}

function Editor({
  of,
  next,
  change,
}: {
  of: Threshold;
  next: number | undefined;
  change: NonNullable<Change>;
}) {
  const w = useWords();
  const [text, setText] = useState(next === undefined ? "" : written(next, of.unit));
  const value = typed(text, of.unit);
  const wrong = text !== "" && value === undefined;
  const type = (said: string) => {
    setText(said);
    const read = typed(said, of.unit);
    change(of.path, read === of.value ? undefined : read);
  };
  return (
    <div className={style.editor}>
      <input
        inputMode="decimal"
        aria-label={`${w.next}: ${of.path}`}
        aria-invalid={wrong || undefined}
        value={text}
        placeholder={written(of.value, of.unit)}
        onChange={(event) => type(event.target.value)}
      />
      {text !== "" && (
        <Button kind="quiet" icon aria-label={w.discardOne} onClick={() => type("")}>
          ↺
        </Button>
      )}
      {wrong && <span role="alert">{w.wrong(of.unit === "cents" ? w.euros : w.whole)}</span>}
    </div>
  );
}
