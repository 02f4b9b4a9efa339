import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { by } from "~/api/agents";
import { control } from "~/api/control";
import { agents } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Field } from "~/ui/page";
import { KINDS as TYPES } from "~/views/actions/kinds";
import style from "./control.module.css";
import { clusterName, KINDS, type Kind } from "./scope";
import { useWords } from "./words";

/** The first step: what is to stop. */
export function Choose({ onChosen }: { onChosen: (scope: string) => void }) {
  const w = useWords();
  const [kind, setKind] = useState<Kind>("all");
  const which = useWhich(kind);
  const [one, setOne] = useState("");
  const name = which.some(([value]) => value === one) ? one : which[0]?.[0];
  const scope = kind === "all" || kind === "spend" ? kind : name && `${kind}:${name}`;
  const stops = useQuery(control()).data?.value.stops ?? [];
  const already = stops.some((stop) => stop.scope === scope);
  const word = {
    ...w.scope,
    cluster: w.scope.cluster("…"),
    agent: w.scope.agent("…"),
    action: w.scope.action("…"),
  };
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (scope && !already) onChosen(scope);
      }}
    >
      <fieldset className={style.kinds}>
        <legend>{w.step1}</legend>
        {KINDS.map((value) => (
          <label key={value}>
            <input
              type="radio"
              name="kind"
              value={value}
              checked={kind === value}
              onChange={() => setKind(value)}
            />
            <span>
              <strong>{word[value]}</strong>
              <small>{w.scopeMeans[value]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {which.length > 0 && (
        <Field label={w.which}>
          <select value={name} onChange={(event) => setOne(event.target.value)}>
            {which.map(([value, shown]) => (
              <option key={value} value={value}>
                {shown}
              </option>
            ))}
          </select>
        </Field>
      )}
      {already && <p role="status">{w.already}</p>}
      <Button type="submit" kind="danger" disabled={!scope || already}>
        {w.next}
      </Button>
    </form>
  );
}

/** Of which one has to be chosen, with its words. */
function useWhich(kind: Kind): readonly (readonly [value: string, shown: string])[] {
  const { t } = useLanguage();
  const all = useQuery(agents()).data?.items ?? [];
  if (kind === "agent") return all.map(({ name }) => [name, name]);
  if (kind === "cluster") {
    return by(all, (agent) => agent.cluster).map(([name]) => [name, clusterName(name, t)]);
  }
  return kind === "action" ? TYPES.map((type) => [type, type]) : [];
}
