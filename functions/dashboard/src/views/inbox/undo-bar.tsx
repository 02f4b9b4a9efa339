import { Link } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { api, body } from "~/api/client";
import { type Once, useWrite } from "~/api/write";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Key, useCommands } from "~/ui/keys";
import { Problem } from "~/ui/notice";
import { useNow } from "~/ui/time";
import { useMore } from "./more";
import { dismiss, type Offer } from "./undo";
import style from "./undo-bar.module.css";

/** Offers to undo what was just executed, for as long as that goes. */
export default function UndoBar({ offers }: { offers: readonly Offer[] }) {
  const t = useMore();
  const [all, setAll] = useState(false);
  const [at, setAt] = useState<string>();
  const shown = all ? offers : offers.slice(0, 1);
  const first = offers[0]?.id;
  useCommands("page", [{ id: "undo", keys: ["u"], label: t.command.undo, run: () => setAt(first) }]);
  return (
    <section className={style.bar} aria-label={t.undo.region}>
      {shown.map((offer) => (
        <One key={offer.id} offer={offer} asking={at === offer.id} onAsk={() => setAt(offer.id)} />
      ))}
      {offers.length > 1 && (
        <Button kind="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t.undo.hide : t.undo.more(offers.length - 1)}
        </Button>
      )}
    </section>
  );
}

function One({ offer, asking, onAsk }: { offer: Offer; asking: boolean; onAsk: () => void }) {
  const { t: all, span } = useLanguage();
  const t = useMore();
  const left = Date.parse(offer.until) - useNow();
  const undo = useWrite(takeBack, [["actions"], ["approvals"], ["overview"]]);
  return (
    <div className={style.one}>
      <p>
        <strong>{undo.data ? t.undo.asked : t.undo.executed}</strong>:{" "}
        <Inert text={undo.data?.willHappen ?? offer.willHappen} most={160} />{" "}
        {!undo.data && <span className={style.left}>{left > 0 ? t.undo.left(span(left)) : t.undo.over}</span>}
      </p>
      <div className={style.acts}>
        {undo.data && (
          <Link to="/actions/$id" params={{ id: undo.data.id }}>
            {t.undo.see}
          </Link>
        )}
        {!undo.data && !asking && left > 0 && (
          <Button onClick={onAsk}>
            {t.undo.undo} <Key of="u" />
          </Button>
        )}
        <Button kind="quiet" icon aria-label={all.common.close} onClick={() => dismiss(offer.id)}>
          ✕
        </Button>
      </div>
      {asking && !undo.data && (
        <Ask busy={undo.isPending} onSend={(reason) => undo.mutate({ id: offer.id, reason })} />
      )}
      {undo.error && <Problem error={undo.error} />}
    </div>
  );
}

function Ask({ busy, onSend }: { busy: boolean; onSend: (reason: string) => void }) {
  const t = useMore();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState("");
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className={style.ask}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") onSend(reason.trim());
      }}
    >
      <label htmlFor={id}>{t.undo.why}</label>
      <input
        id={id}
        ref={field}
        required
        maxLength={1000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button type="submit" kind="danger" busy={busy} disabled={reason.trim() === ""}>
        {t.undo.send}
      </Button>
    </form>
  );
}

function takeBack({ id, reason }: { id: string; reason: string }, headers: Once) {
  const params = { path: { id }, header: headers };
  return body(api.POST("/api/v1/actions/{id}/undo", { params, body: { reason } }));
}
