import { useRef, useState } from "react";
import { useMay } from "~/session/me";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Key, useCommands } from "~/ui/keys";
import { When } from "~/ui/time";
import { Written } from "~/ui/written";
import { Failure } from "./decide/failure";
import { useComment } from "./decide/writes";
import type { Detail } from "./detail";
import { useDraft } from "./drafts";
import style from "./facts/facts.module.css";
import { Section } from "./section";
import { useWords } from "./words";

/** What people said about it, and room to say something. */
export function Comments({ of }: { of: Detail }) {
  const words = useWords();
  const may = useMay("approvals.comment") && of.approval != null;
  return (
    <Section title={words.comments}>
      {of.comments.length === 0 && <p className={style.note}>{words.commentsNone}</p>}
      <ul className={style.plain}>
        {of.comments.map((one) => (
          <li key={`${one.account} ${one.at}`}>
            <strong>
              <Inert text={one.account} most={120} />
            </strong>{" "}
            <When at={one.at} />
            <blockquote>
              <Inert text={one.text} />
            </blockquote>
          </li>
        ))}
      </ul>
      {may && <Say key={of.comments.length} id={of.id} />}
    </Section>
  );
}

function Say({ id }: { id: string }) {
  const words = useWords();
  const [text, setText, sent] = useDraft(id, "comment", "");
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const call = useComment(id);
  useCommands("card", [
    { id: "comment", keys: ["c"], label: words.comment, run: () => field.current?.focus() },
  ]);
  const send = () => {
    setTried(true);
    if (text.trim() === "" || call.isPending) return;
    sent();
    call.mutate(text.trim(), { onSuccess: () => setText(""), onError: () => setText(text) });
  };
  return (
    <>
      <Written
        ref={field}
        rows={2}
        label={
          <>
            {words.comment} <Key of="c" />
          </>
        }
        hint={text === "" ? words.commentHint : words.kept}
        wrong={tried && text.trim() === "" ? words.needed : undefined}
        value={text}
        onText={setText}
        onSend={send}
      />
      <Failure error={call.error} again={send} dismiss={call.reset} />
      <div>
        <Button busy={call.isPending} onClick={send}>
          {words.commentSend}
        </Button>
      </div>
    </>
  );
}
