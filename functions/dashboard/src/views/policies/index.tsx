import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schema } from "~/api/client";
import { policies } from "~/api/queries";
import { useLanguage } from "~/i18n";
import { useMay } from "~/session/me";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Field, PageHead, Panel } from "~/ui/page";
import { useDraft } from "./draft";
import { Numbers } from "./numbers";
import style from "./policies.module.css";
import { Revisions } from "./revisions";
import { Steps } from "./steps";
import { useWords } from "./words";

/** The numbers that decide what runs alone: read by everybody, edited by finance, agreed to by others. */
export function Policies() {
  const w = useWords();
  const { data, error, isPending, refetch } = useQuery(policies());
  return (
    <>
      <PageHead title={w.title} hint={w.hint} />
      {isPending && <Loading rows={6} />}
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data && <InForce key={data.value.revision} policy={data.value} />}
    </>
  );
}

function InForce({ policy }: { policy: Schema<"Policy"> }) {
  const w = useWords();
  const { number, t } = useLanguage();
  const may = useMay("policies.propose");
  const [wanted, setWanted] = useState("");
  const [edit, change, discard] = useDraft(policy.revision);
  const count = Object.keys(edit).length;
  return (
    <>
      <p>
        {w.revision}: <code>{policy.revision.slice(0, 12)}</code> {!may && w.readOnly}
      </p>
      {policy.problem && (
        <Panel title={w.problem} role="alert">
          <Inert text={policy.problem} />
        </Panel>
      )}
      {count > 0 && (
        <Steps policy={policy} edit={edit} onDone={discard}>
          <strong>{w.changed(number(count))}</strong>
          <Button kind="quiet" onClick={discard}>
            {w.discard}
          </Button>
        </Steps>
      )}
      <div className={style.find}>
        <Field label={w.find}>
          <input
            type="search"
            value={wanted}
            placeholder={w.findHint}
            onChange={(event) => setWanted(event.target.value)}
            aria-label={`${t.nav.policies}: ${w.find}`}
          />
        </Field>
      </div>
      <Numbers of={matching(policy.thresholds, wanted)} edit={edit} change={may ? change : undefined} />
      <Revisions />
    </>
  );
}

function matching(of: readonly Schema<"Threshold">[], wanted: string): Schema<"Threshold">[] {
  const words = wanted.toLowerCase().split(/\s+/);
  return of.filter(({ path, meaning, group }) => {
    const said = `${path} ${path.replaceAll("_", " ")} ${meaning} ${group}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
