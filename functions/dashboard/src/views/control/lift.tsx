import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body, type Schema } from "~/api/client";
import { useWrite } from "~/api/write";
import { useLanguage } from "~/i18n";
import { useMay, useMe } from "~/session/me";
import { Button } from "~/ui/button";
import { Problem } from "~/ui/notice";
import { Field } from "~/ui/page";
import { Quiet, Row } from "~/ui/stack";
import { useAsked } from "./asked";
import { useScope } from "./scope";
import { useWords } from "./words";

type Stop = Schema<"Stop">;
const TOUCHED = [["control"], ["agents"], ["overview"], ["approvals"]] as const;

/** The way to lift a stop: one's own of an agent at once, any other by asking people. */
export function Lift({ stop }: { stop: Stop }) {
  const me = useMe();
  const resumes = useMay("agents.resume");
  const agent = stop.scope.startsWith("agent:") ? stop.scope.slice("agent:".length) : undefined;
  if (agent !== undefined && resumes && stop.by === me?.account) return <Own agent={agent} />;
  return <Ask stop={stop} />;
}

function Own({ agent }: { agent: string }) {
  const w = useWords();
  const lift = useWrite((name: string, once) => {
    const params = { path: { id: name.replaceAll("/", "~") }, header: once };
    return body(api.POST("/api/v1/agents/{id}/resume", { params }));
  }, TOUCHED);
  return (
    <>
      <Row>
        <Button busy={lift.isPending} onClick={() => lift.mutate(agent)}>
          {w.lift}
        </Button>
        <Quiet>{w.liftOwn}</Quiet>
      </Row>
      {lift.error && <Problem error={lift.error} />}
    </>
  );
}

function Ask({ stop }: { stop: Stop }) {
  const w = useWords();
  const may = useMay("control.resume");
  const [open, setOpen] = useState(false);
  const [sent, setAsked] = useState<string>();
  const waiting = useAsked(stop.scope);
  const asked = waiting ?? sent;
  if (asked) {
    return (
      <p role="status">
        {w.asked}{" "}
        <Link to="/inbox/$id" params={{ id: asked }}>
          {w.seeCard}
        </Link>
      </p>
    );
  }
  if (!may) return <Quiet>{w.mayNotLift}</Quiet>;
  return (
    <>
      <Quiet>{w.liftOthers}</Quiet>
      {open ? (
        <Form stop={stop} onAsked={setAsked} onClose={() => setOpen(false)} />
      ) : (
        <Row>
          <Button onClick={() => setOpen(true)}>{w.lift} …</Button>
        </Row>
      )}
    </>
  );
}

interface FormProps {
  stop: Stop;
  onAsked: (id: string) => void;
  onClose: () => void;
}

function Form({ stop, onAsked, onClose }: FormProps) {
  const w = useWords();
  const { t } = useLanguage();
  const told = useScope();
  const [why, setWhy] = useState("");
  const [missing, setMissing] = useState(false);
  const ask = useWrite((reason: string, once) => {
    const scope = stop.scope as Schema<"Switch">["scope"];
    return body(
      api.PUT("/api/v1/control", { params: { header: once }, body: { scope, stopped: false, reason } }),
    );
  }, TOUCHED);
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    const reason = why.trim();
    setMissing(reason === "");
    if (reason === "") return;
    ask.mutate(reason, { onSuccess: (answer) => ("id" in answer ? onAsked(answer.id) : onClose()) });
  };
  return (
    <form onSubmit={send} aria-label={w.liftTitle(told(stop.scope))}>
      <Field label={w.liftLabel}>
        <textarea
          rows={2}
          maxLength={2000}
          value={why}
          aria-invalid={missing}
          onChange={(event) => setWhy(event.target.value)}
        />
      </Field>
      {missing && <p role="alert">{w.needReason}</p>}
      {ask.error && <Problem error={ask.error} />}
      <Row>
        <Button kind="primary" type="submit" busy={ask.isPending}>
          {w.liftSend}
        </Button>
        <Button onClick={onClose}>{t.common.cancel}</Button>
      </Row>
    </form>
  );
}
