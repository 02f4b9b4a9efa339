import { useRef, useState } from "react";
import type { Tagged } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { Inert } from "~/ui/inert";
import { Written } from "~/ui/written";
import { Failure } from "../decide/failure";
import { type Seen, useModify } from "../decide/writes";
import type { Detail } from "../detail";
import { useWords } from "../words";
import { useChange } from "./change";
import { Field } from "./field";
import style from "./modify.module.css";
import { type Previewed, usePreview } from "./preview";
import { Tiers, Verdict } from "./verdict";

interface ModifyProps {
  shown: Tagged<Detail>;
  seen: Seen;
  onClose: () => void;
  /** It was sent; the id of the request that takes its place. */
  onDone: (status: string, next: string) => void;
}

/** Asks for something else in the place of a request: fields and sliders, and what policy says while they move. */
export function Modify({ shown, seen, onClose, onDone }: ModifyProps) {
  const words = useWords();
  const { id, willHappen } = shown.value;
  const change = useChange(shown.value);
  const { changes, reason } = change;
  const previewed = usePreview(id, seen.digest, changes);
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLElement>(null);
  const call = useModify(id);
  const missing = reason.trim() === "";
  const send = () => {
    setTried(true);
    if (changes === undefined || missing || call.isPending) return;
    const done = (next: { id: string }) => [change.sent(), onDone("SUPERSEDED", next.id)];
    call.mutate({ ...seen, changes, reason: reason.trim() }, { onSuccess: done });
  };
  const actions = (
    <Actions of={previewed} busy={call.isPending} can={changes !== undefined} {...{ onClose, send }} />
  );
  return (
    <Dialog title={words.modifyTitle} onClose={onClose} first={first} wide actions={actions}>
      <p>
        <strong>
          <Inert text={willHappen} most={300} />
        </strong>
      </p>
      <div className={style.sides}>
        <div
          className={style.fields}
          ref={(fields) => {
            first.current = fields?.querySelector<HTMLElement>("input, textarea, select") ?? null;
          }}
        >
          {change.of.map((of) => (
            <Field
              key={of.path}
              of={of}
              value={change.text(of)}
              onText={(text) => change.setText(of, text)}
            />
          ))}
          <p className={style.about}>{words.stays}</p>
          <Written
            label={words.modifyLabel}
            value={reason}
            onText={change.setReason}
            onSend={send}
            wrong={tried && missing ? words.needed : undefined}
            hint={words.modifyHint}
          />
        </div>
        <Preview of={previewed} />
      </div>
      <Failure error={call.error} again={send} dismiss={call.reset} />
    </Dialog>
  );
}

/** What policy says of the changes, or why it says nothing. */
function Preview({ of }: { of: Previewed }) {
  const words = useWords();
  const { asked, preview, error, isFetching, again } = of;
  return (
    <section className={style.preview} aria-label={words.preview}>
      <h3>{words.preview}</h3>
      {!asked && <p className={style.about}>{words.previewNone}</p>}
      {asked && <Failure error={error} again={again} />}
      {asked && !preview && !error && <p role="status">{words.previewing}</p>}
      {asked && preview && !error && <Verdict of={preview} busy={isFetching} />}
    </section>
  );
}

interface ActionsProps {
  of: Previewed;
  busy: boolean;
  can: boolean;
  onClose: () => void;
  send: () => void;
}

/** The tier stays in sight while a slider is dragged, also where the rest of what policy says is further down. */
function Actions({ of: { asked, preview, error }, busy, can, onClose, send }: ActionsProps) {
  const { t } = useLanguage();
  const words = useWords();
  return (
    <>
      <span className={style.brief} aria-hidden="true">
        {asked && preview && !error && <Tiers of={preview} />}
      </span>
      <Button onClick={onClose}>{t.common.cancel}</Button>
      <Button kind="primary" busy={busy} disabled={!can} onClick={send}>
        {busy ? words.sending : words.modifySend}
      </Button>
    </>
  );
}
