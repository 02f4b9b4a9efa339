import { type ReactNode, useRef, useState } from "react";
import type { ApiError } from "~/api/problem";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { Written } from "~/ui/written";
import { useDraft } from "../drafts";
import { useWords } from "../words";
import { Failure } from "./failure";

interface ReasonProps {
  id: string;
  /** What the draft is kept as. */
  what: string;
  title: string;
  hint: ReactNode;
  label: string;
  send: string;
  kind: "primary" | "danger";
  optional?: boolean;
  call: { isPending: boolean; error: ApiError | null };
  onSend: (reason: string, sent: () => void) => void;
  onClose: () => void;
}

/** Asks for a reason, keeps it until it was sent, and says what went wrong without losing it. */
export function Reason({
  id,
  what,
  title,
  hint,
  label,
  send,
  kind,
  optional,
  call,
  onSend,
  onClose,
}: ReasonProps) {
  const { t } = useLanguage();
  const words = useWords();
  const [reason, setReason, sent] = useDraft(id, what, "");
  const field = useRef<HTMLTextAreaElement>(null);
  const [tried, setTried] = useState(false);
  const missing = !optional && reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (!missing && !call.isPending) onSend(reason.trim(), sent);
  };
  const actions = (
    <>
      <Button onClick={onClose}>{t.common.cancel}</Button>
      <Button kind={kind} busy={call.isPending} onClick={submit}>
        {call.isPending ? words.sending : send}
      </Button>
    </>
  );
  return (
    <Dialog title={title} onClose={onClose} first={field} actions={actions}>
      <div>{hint}</div>
      <Written
        label={label}
        value={reason}
        onText={setReason}
        onSend={submit}
        wrong={tried && missing ? words.needed : undefined}
        hint={reason === "" ? "" : words.kept}
        ref={field}
      />
      <Failure error={call.error} again={submit} />
    </Dialog>
  );
}
