import { useRef, useState } from "react";
import type { Tagged } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { scaled } from "~/ui/decimal";
import { Dialog } from "~/ui/dialog";
import { Inert } from "~/ui/inert";
import { Written } from "~/ui/written";
import { Failure } from "../decide/failure";
import { type Seen, useModify } from "../decide/writes";
import type { Detail } from "../detail";
import { useDraft } from "../drafts";
import { useWords } from "../words";
import { type Editor, type Edits, editors, fault } from "./editors";
import { Field } from "./field";
import style from "./modify.module.css";
import { changed, patch } from "./patch";
import { usePreview } from "./preview";
import { Tiers, Verdict } from "./verdict";

interface ModifyProps {
  shown: Tagged<Detail>;
  seen: Seen;
  onClose: () => void;
  /** It was sent; the id of the request that takes its place. */
  onDone: (status: string, next: string) => void;
}

interface Draft {
  readonly edits: Edits;
  readonly reason: string;
}

const NOTHING: Draft = { edits: {}, reason: "" };

/** Asks for something else in the place of a request: fields and sliders, and what policy says while they move. */
export function Modify({ shown, seen, onClose, onDone }: ModifyProps) {
  const { t } = useLanguage();
  const words = useWords();
  const { id, payload, actionType, willHappen } = shown.value;
  const of = editors(actionType, payload);
  const [draft, setDraft, sent] = useDraft<Draft>(id, "modify", NOTHING);
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLElement>(null);
  const call = useModify(id);
  const faulty = of.some(
    (editor) => fault(draft.edits[editor.path] ?? editor.now, editor, words) !== undefined,
  );
  const changes = faulty ? undefined : patch(payload, changed(payload, of, draft.edits));
  const { preview, error, isFetching, again } = usePreview(id, seen.digest, changes);
  const missing = draft.reason.trim() === "";
  const send = () => {
    setTried(true);
    if (changes === undefined || missing || call.isPending) return;
    call.mutate(
      { ...seen, changes, reason: draft.reason.trim() },
      { onSuccess: (next) => [sent(), onDone("SUPERSEDED", next.id)] },
    );
  };
  return (
    <Dialog
      title={words.modifyTitle}
      onClose={onClose}
      first={first}
      wide
      actions={
        <>
          {/* In sight while a slider is dragged, also where the rest of what policy says is further down. */}
          <span className={style.brief} aria-hidden="true">
            {changes !== undefined && preview && !error && <Tiers of={preview} />}
          </span>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="primary" busy={call.isPending} disabled={changes === undefined} onClick={send}>
            {call.isPending ? words.sending : words.modifySend}
          </Button>
        </>
      }
    >
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
          {of.map((editor) => (
            <Field
              key={editor.path}
              of={editor}
              value={draft.edits[editor.path] ?? editor.now}
              onText={(text) => setDraft({ ...draft, edits: edited(draft.edits, of, editor, text) })}
            />
          ))}
          <p className={style.about}>{words.stays}</p>
          <Written
            label={words.modifyLabel}
            value={draft.reason}
            onText={(reason) => setDraft({ ...draft, reason })}
            onSend={send}
            wrong={tried && missing ? words.needed : undefined}
            hint={words.modifyHint}
          />
        </div>
        <section className={style.preview} aria-label={words.preview}>
          <h3>{words.preview}</h3>
          {changes === undefined && <p className={style.about}>{words.previewNone}</p>}
          {changes !== undefined && <Failure error={error} again={again} />}
          {changes !== undefined && !preview && !error && <p role="status">{words.previewing}</p>}
          {changes !== undefined && preview && !error && <Verdict of={preview} busy={isFetching} />}
        </section>
      </div>
      <Failure error={call.error} again={send} dismiss={call.reset} />
    </Dialog>
  );
}

/** The edits with one more; the amount that grows with it grows with it. */
function edited(edits: Edits, of: readonly Editor[], { path, now, scales }: Editor, text: string): Edits {
  const next = { ...edits, [path]: text };
  const amount = scales === undefined ? undefined : of.find((editor) => editor.path === scales);
  const grown = amount && scaled(amount.now, text, now, amount.decimals);
  return amount && grown ? { ...next, [amount.path]: grown } : next;
}
