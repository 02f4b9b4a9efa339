import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { api, body, type Schema } from "~/api/client";
import { useWrite } from "~/api/write";
import { useLanguage } from "~/i18n";
import { Button, buttonClass } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Loading, Problem } from "~/ui/notice";
import { Field, Panel } from "~/ui/page";
import { Backtest } from "./backtest";
import { type Edit, edited, FILE } from "./edit";
import { Value } from "./numbers";
import style from "./policies.module.css";
import { useWords } from "./words";

interface StepsProps {
  policy: Schema<"Policy">;
  edit: Edit;
  onDone: () => void;
  children: ReactNode;
}

/** What an edit goes through: checked as it is typed, tried on the past, then asked for. */
export function Steps({ policy, edit, onDone, children }: StepsProps) {
  const w = useWords();
  const text = policy.sources.find((file) => file.name === FILE)?.text;
  const next = text === undefined ? undefined : edited(text, policy.thresholds, edit);
  const files = next === undefined ? undefined : [{ name: FILE, text: next }];
  const check = useQuery({
    queryKey: ["policies", "check", policy.revision, next],
    enabled: files !== undefined,
    queryFn: ({ signal }) =>
      body(api.POST("/api/v1/policies/check", { body: { files: files ?? [] }, signal })),
  });
  return (
    <Panel className={style.steps}>
      <div className={style.bar}>{children}</div>
      <h3>{w.steps.check}</h3>
      <div aria-live="polite">
        {check.isPending && <Loading rows={1} />}
        {check.error && <Problem error={check.error} retry={() => void check.refetch()} />}
        {check.data && <Checked of={check.data} thresholds={policy.thresholds} />}
      </div>
      {check.data?.valid && files && (
        <>
          <h3>{w.steps.backtest}</h3>
          <Backtest key={next} files={files} />
          <h3>{w.steps.publish}</h3>
          <Publish files={files} replaces={policy.revision} onDone={onDone} />
        </>
      )}
    </Panel>
  );
}

function Checked({
  of,
  thresholds,
}: {
  of: Schema<"PolicyCheck">;
  thresholds: readonly Schema<"Threshold">[];
}) {
  const w = useWords();
  const { number } = useLanguage();
  const unit = (path: string) => thresholds.find((threshold) => threshold.path === path)?.unit;
  return (
    <>
      <p className={of.valid ? style.good : style.bad}>{of.valid ? w.valid : w.invalid}</p>
      <ul>
        {of.problems.map((problem) => (
          <li key={`${problem.file}${problem.line}${problem.what}`}>
            <code>{w.at(problem.file, number(problem.line ?? 0))}</code>{" "}
            <Inert text={`${problem.what} ${problem.fix}`} />
          </li>
        ))}
        {of.moved.map(({ path, from, to }) => (
          <li key={path}>
            <code>{path}</code>: <Value of={from ?? 0} unit={unit(path)} /> →{" "}
            <Value of={to ?? 0} unit={unit(path)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Publish({
  files,
  replaces,
  onDone,
}: {
  files: Schema<"EditedFile">[];
  replaces: string;
  onDone: () => void;
}) {
  const w = useWords();
  const [reason, setReason] = useState("");
  const ask = useWrite(
    (input: Schema<"NewPolicy">, once) =>
      body(api.PUT("/api/v1/policies", { body: input, params: { header: once } })),
    [["policies"], ["approvals"]],
  );
  if (ask.data) return <Asked id={ask.data.id} onDone={onDone} />;
  return (
    <>
      <Field label={w.reason}>
        <textarea
          rows={2}
          value={reason}
          placeholder={w.reasonHint}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {ask.error && <Problem error={ask.error} />}
      <div>
        <Button
          kind="primary"
          busy={ask.isPending}
          disabled={reason.trim() === ""}
          onClick={() => ask.mutate({ files, reason: reason.trim(), replaces })}
        >
          {w.publish}
        </Button>
      </div>
    </>
  );
}

function Asked({ id, onDone }: { id: string; onDone: () => void }) {
  const w = useWords();
  return (
    <p className={style.good}>
      {w.asked}.{" "}
      <Link to="/inbox/$id" params={{ id }} className={buttonClass()} onClick={onDone}>
        {w.open}
      </Link>
    </p>
  );
}
