import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useId, useRef, useState } from "react";
import { api, body } from "~/api/client";
import { ApiError } from "~/api/problem";
import { type Once, useWrite } from "~/api/write";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { Inert } from "~/ui/inert";
import { Problem } from "~/ui/notice";
import style from "./bulk.module.css";
import type { Entry } from "./entry";
import { look } from "./happenings";
import { useMore } from "./more";
import { mark } from "./since";
import { sums } from "./sum";
import { decidedHere } from "./undo";

/** What is decided of several requests at once. */
export type Verb = "approve" | "reject";
type Item = Awaited<ReturnType<typeof decide>>["items"][number];

/** How many are sent in one call: the API takes a hundred, and fewer of them show sooner how far it is. */
const PART = 25;

interface BulkProps {
  verb: Verb;
  of: readonly Entry[];
  onClose: () => void;
  onDone: () => void;
}

/** Asks once more, with count and sum, then decides exactly what is listed and says of each what became of it. */
export default function Bulk({ verb, of, onClose, onDone }: BulkProps) {
  const { t: all } = useLanguage();
  const t = useMore();
  const [reason, setReason] = useState("");
  const bulk = useBulk(verb, of);
  const { sent, finished } = bulk;
  const field = useRef<HTMLTextAreaElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  const close = () => {
    if (bulk.sending) return;
    if (finished) onDone();
    onClose();
  };
  const words = reason.trim();
  const actions = finished ? (
    <Button kind="primary" onClick={close}>
      {all.common.close}
    </Button>
  ) : (
    <>
      <Button disabled={bulk.sending} onClick={close}>
        {all.common.cancel}
      </Button>
      <Button
        ref={confirm}
        kind={verb === "approve" ? "primary" : "danger"}
        busy={bulk.sending}
        disabled={verb === "reject" && words === ""}
        onClick={() => void bulk.send(words)}
      >
        {verb === "approve" ? t.bulk.doApprove(of.length) : t.bulk.doReject(of.length)}
      </Button>
    </>
  );
  return (
    <Dialog
      title={t.bulk[verb](of.length)}
      onClose={close}
      wide
      first={verb === "reject" ? field : confirm}
      actions={actions}
    >
      <Summary of={of} />
      {!finished && <Reason field={field} verb={verb} value={reason} onChange={setReason} />}
      <p role="status">
        {bulk.sending && t.bulk.sending(sent.size, of.length)}
        {finished && t.bulk.result(...outcome(sent))}
      </p>
      {bulk.error && <Problem error={bulk.error} />}
      <ol className={style.items}>
        {of.map((entry) => (
          <One key={entry.id} entry={entry} item={sent.get(entry.id)} begun={sent.size > 0} />
        ))}
      </ol>
    </Dialog>
  );
}

/** Sends them in parts, each part once however often it is tried. */
function useBulk(verb: Verb, of: readonly Entry[]) {
  const client = useQueryClient();
  const [sent, setSent] = useState<ReadonlyMap<string, Item>>(new Map());
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<ApiError>();
  const write = useWrite(decide, [["approvals"], ["overview"], ["budgets"]]);
  const send = async (reason: string) => {
    setSending(true);
    setError(undefined);
    const answers = new Map(sent);
    try {
      for (let at = answers.size; at < of.length; at += PART) {
        const items = of.slice(at, at + PART).map(({ id, digest }) => ({ id, digest }));
        const done = await write.mutateAsync({ verb, items, reason });
        for (const item of done.items) {
          answers.set(item.id, item);
          tell(client, item);
        }
        setSent(new Map(answers));
      }
    } catch (failure) {
      setError(ApiError.from(failure));
    }
    setSending(false);
  };
  return { sent, sending, error, send, finished: sent.size === of.length };
}

/** The list is told; what was not settled by this is read again. */
function tell(client: QueryClient, { id, decided }: Item): void {
  decidedHere(id);
  if (!decided || decided.status === "PENDING") void look(client, id);
  else mark(id, { status: decided.status, by: decided.votes.map(({ person }) => person), at: Date.now() });
}

interface Wanted {
  verb: Verb;
  items: { id: string; digest: string }[];
  reason: string;
}

function decide({ verb, items, reason }: Wanted, headers: Once) {
  const said = reason === "" ? {} : { reason };
  const wanted = verb === "reject" ? { verb, items, reason } : { verb, items, ...said };
  return body(api.POST("/api/v1/approvals/bulk", { params: { header: headers }, body: wanted }));
}

function outcome(sent: ReadonlyMap<string, Item>): [done: number, refused: number] {
  const done = [...sent.values()].filter(({ decided }) => decided).length;
  return [done, sent.size - done];
}

function Summary({ of }: { of: readonly Entry[] }) {
  const { money, list } = useLanguage();
  const t = useMore();
  const amounts = sums(of.map(({ amount }) => amount)).map(money);
  return (
    <div>
      <p className={style.sum}>
        {amounts.length > 0 ? <strong>{t.sum(list(amounts))}</strong> : t.bulk.noAmount}
      </p>
      <p className={style.exactly}>{t.bulk.exactly}</p>
    </div>
  );
}

interface ReasonProps {
  field: RefObject<HTMLTextAreaElement | null>;
  verb: Verb;
  value: string;
  onChange: (value: string) => void;
}

function Reason({ field, verb, value, onChange }: ReasonProps) {
  const t = useMore();
  const id = useId();
  const must = verb === "reject";
  return (
    <div className={style.reason}>
      <label htmlFor={id}>{must ? t.bulk.reason : t.bulk.reasonOptional}</label>
      <textarea
        ref={field}
        id={id}
        rows={2}
        maxLength={1000}
        required={must}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

function One({ entry, item, begun }: { entry: Entry; item: Item | undefined; begun: boolean }) {
  const { t: all, money } = useLanguage();
  const t = useMore();
  const status = item?.decided?.status;
  const word = status && (all.common.status[status as keyof typeof all.common.status] ?? status);
  return (
    <li data-refused={item?.problem ? "" : undefined}>
      <span className={style.what}>
        <Inert text={entry.willHappen} most={300} />
      </span>
      {entry.amount && <span className={style.amount}>{money(entry.amount)}</span>}
      {begun && (
        <strong className={style.became}>
          {status === "PENDING" ? t.bulk.votesMissing : word}
          {item?.problem && <Inert text={item.problem.detail} most={200} />}
          {!item && t.bulk.unsent}
        </strong>
      )}
    </li>
  );
}
