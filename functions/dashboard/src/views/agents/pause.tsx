import { useState } from "react";
import type { Agent } from "~/api/agents";
import { api, body } from "~/api/client";
import { useWrite } from "~/api/write";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { Problem } from "~/ui/notice";
import { Field } from "~/ui/page";
import { TOUCHED } from "./switch";
import { useWords } from "./words";

interface PauseProps {
  agent: Agent;
  onClose: () => void;
}

/** Asks why an agent is to be stopped, and stops it. */
export function Pause({ agent, onClose }: PauseProps) {
  const w = useWords();
  const { t } = useLanguage();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const pause = useWrite((why: string) => {
    const params = { path: { id: agent.id } };
    return body(api.POST("/api/v1/agents/{id}/pause", { params, body: { reason: why } }));
  }, TOUCHED);
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    const why = reason.trim();
    setMissing(why === "");
    if (why !== "") pause.mutate(why, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={w.pauseTitle(agent.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="danger" type="submit" form="pause" busy={pause.isPending}>
            {w.pause}
          </Button>
        </>
      }
    >
      <p>{w.pauseHint}</p>
      <form id="pause" onSubmit={send}>
        <Field label={w.pauseLabel}>
          <textarea
            rows={3}
            maxLength={2000}
            value={reason}
            aria-invalid={missing}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {missing && <p role="alert">{w.needed}</p>}
      </form>
      {pause.error && <Problem error={pause.error} />}
    </Dialog>
  );
}
