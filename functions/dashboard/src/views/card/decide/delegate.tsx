import { type RefObject, useId, useRef, useState } from "react";
import type { Tagged } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { Written } from "~/ui/written";
import written from "~/ui/written.module.css";
import style from "../card.module.css";
import type { Detail } from "../detail";
import { useDraft } from "../drafts";
import { useWords } from "../words";
import { Failure } from "./failure";
import { useDelegate } from "./writes";

/** What is filled in: `until` as the field has it, in local time. */
interface Handing {
  readonly to: string;
  readonly until: string;
  readonly everything: boolean;
  readonly reason: string;
}

/** Lets somebody else decide in one's place: who, until when, and for what. */
export function Delegate({ shown, onClose }: { shown: Tagged<Detail>; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords();
  const { id } = shown.value;
  const call = useDelegate(id);
  const [draft, setDraft, sent] = useDraft<Handing>(id, "delegate", unnamed());
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const wrong = tried ? faults(draft, words) : {};
  const submit = () => {
    setTried(true);
    if (Object.keys(faults(draft, words)).length > 0 || call.isPending) return;
    const until = new Date(draft.until).toISOString();
    call.mutate({ ...draft, to: draft.to.trim(), until }, { onSuccess: () => [sent(), onClose()] });
  };
  return (
    <Dialog
      title={words.delegateTitle}
      onClose={onClose}
      first={first}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button kind="primary" busy={call.isPending} onClick={submit}>
            {words.delegate}
          </Button>
        </>
      }
    >
      <Fields draft={draft} onDraft={setDraft} wrong={wrong} place={first} />
      <Written
        label={words.delegateLabel}
        value={draft.reason}
        onText={(reason) => setDraft({ ...draft, reason })}
        onSend={submit}
        wrong={wrong.reason}
      />
      <Failure error={call.error} again={submit} />
    </Dialog>
  );
}

interface FieldsProps {
  draft: Handing;
  onDraft: (draft: Handing) => void;
  wrong: Partial<Record<keyof Handing, string>>;
  place: RefObject<HTMLInputElement | null>;
}

function Fields({ draft, onDraft, wrong, place }: FieldsProps) {
  const words = useWords();
  const id = useId();
  return (
    <>
      <div className={written.written}>
        <label htmlFor={`${id}to`}>{words.delegateTo}</label>
        <input
          id={`${id}to`}
          ref={place}
          value={draft.to}
          maxLength={128}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={wrong.to !== undefined}
          aria-describedby={`${id}about`}
          onChange={(event) => onDraft({ ...draft, to: event.target.value })}
        />
        <p id={`${id}about`} className={wrong.to ? written.wrong : written.hint}>
          {wrong.to ?? words.delegateToHint}
        </p>
      </div>
      <div className={written.written}>
        <label htmlFor={`${id}until`}>{words.until}</label>
        <input
          id={`${id}until`}
          type="datetime-local"
          value={draft.until}
          aria-invalid={wrong.until !== undefined}
          aria-describedby={`${id}when`}
          onChange={(event) => onDraft({ ...draft, until: event.target.value })}
        />
        <p id={`${id}when`} className={written.wrong}>
          {wrong.until}
        </p>
      </div>
      <label className={style.check}>
        <input
          type="checkbox"
          checked={draft.everything}
          onChange={(event) => onDraft({ ...draft, everything: event.target.checked })}
        />
        {words.everything}
      </label>
    </>
  );
}

/** Nobody named yet, until tomorrow evening. */
function unnamed(): Handing {
  const until = new Date();
  until.setDate(until.getDate() + 1);
  until.setHours(18, 0, 0, 0);
  const local = new Date(until.getTime() - until.getTimezoneOffset() * 60_000);
  return { to: "", until: local.toISOString().slice(0, 16), everything: false, reason: "" };
}

function faults(draft: Handing, words: ReturnType<typeof useWords>): FieldsProps["wrong"] {
  const until = Date.parse(draft.until);
  return {
    ...(/^[!-~]{1,128}$/.test(draft.to.trim()) ? {} : { to: words.neededTo }),
    ...(until > Date.now() ? {} : { until: words.neededUntil }),
    ...(draft.reason.trim() === "" ? { reason: words.needed } : {}),
  };
}
