import { useEffect, useRef, useState } from "react";
import { api, body, type Schema } from "~/api/client";
import { useWrite } from "~/api/write";
import { Button } from "~/ui/button";
import { Problem } from "~/ui/notice";
import { Field } from "~/ui/page";
import { Row } from "~/ui/stack";
import style from "./control.module.css";
import { type Kind, useScope } from "./scope";
import { useWords } from "./words";

interface ConfirmProps {
  scope: string;
  onBack: () => void;
  onDone: () => void;
}

/** The second step: why, and a word that nobody types by accident. */
export function Confirm({ scope, onBack, onDone }: ConfirmProps) {
  const w = useWords();
  const told = useScope();
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  // The button that led here is gone: the focus goes on to what is asked next.
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);
  const stop = useWrite(
    (why: string, once) =>
      body(
        api.PUT("/api/v1/control", {
          params: { header: once },
          body: { scope: scope as Schema<"Switch">["scope"], stopped: true, reason: why },
        }),
      ),
    [["control"], ["agents"], ["overview"], ["approvals"], ["clusters"]],
  );
  const [why, sure] = [reason.trim(), typed.trim().toLowerCase() === w.word];
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (why !== "" && sure) stop.mutate(why, { onSuccess: onDone });
  };
  return (
    <form className={style.form} onSubmit={send} noValidate>
      <h3>{w.step2}</h3>
      <p>
        <strong>{told(scope)}</strong>. {w.scopeMeans[scope.split(":")[0] as Kind]}
      </p>
      <Field label={w.why}>
        <textarea
          ref={first}
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
        {tried && why === "" && <span role="alert">{w.needReason}</span>}
      </Field>
      <Field label={w.typed(w.word)}>
        <input
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(e) => setTyped(e.target.value)}
        />
        {tried && !sure && <span role="alert">{w.needWord(w.word)}</span>}
      </Field>
      {stop.error && <Problem error={stop.error} />}
      <Row>
        <Button type="submit" kind="danger" busy={stop.isPending}>
          {w.stop(told(scope))}
        </Button>
        <Button onClick={onBack}>{w.back}</Button>
      </Row>
    </form>
  );
}
