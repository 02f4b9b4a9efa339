import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { Tagged } from "~/api/client";
import { useLanguage } from "~/i18n";
import { Button } from "~/ui/button";
import { Inert } from "~/ui/inert";
import { Key, useCommands } from "~/ui/keys";
import style from "../card.module.css";
import { broken, type Detail, isOpen } from "../detail";
import { useRoles } from "../facts/roles";
import { useWords } from "../words";
import { Failure } from "./failure";
import { type Offers, useOffers } from "./offers";
import { seen, useApprove } from "./writes";

/** What somebody did about a request: what it is now, and the action that came of it. */
export interface Done {
  readonly verb: "approve" | "reject" | "modify" | "withdraw" | "undo";
  readonly status: string;
  readonly next?: string;
}

const dialogs = () => import("./dialogs");
const modify = () => import("../modify");
const Reject = lazy(() => dialogs().then((m) => ({ default: m.Reject })));
const Withdraw = lazy(() => dialogs().then((m) => ({ default: m.Withdraw })));
const Undo = lazy(() => dialogs().then((m) => ({ default: m.Undo })));
const Delegate = lazy(() => dialogs().then((m) => ({ default: m.Delegate })));
const Modify = lazy(() => modify().then((m) => ({ default: m.Modify })));

type Open = "reject" | "modify" | "delegate" | "withdraw" | "undo";
/** A second press of a key that meant the card before doesn't count for the one that took its place. */
const TOO_SOON_MS = 300;

interface BarProps {
  shown: Tagged<Detail>;
  /** Goes to the difference, where what is there now is another than what is shown: then nothing is decided. */
  onLook: (() => void) | undefined;
  onDone: (done: Done) => void;
}

/** What can be decided, and by whom; what was said is sent for exactly what is on the screen. */
export function Bar({ shown, onLook, onDone }: BarProps) {
  const changed = onLook !== undefined;
  const [open, setOpen] = useState<Open>();
  const offers = useOffers(shown.value);
  const approve = useApproving(shown, changed || !offers.approve, onDone);
  useFetchedEarly(offers);
  useKeys(offers, changed, approve.run, setOpen);
  return (
    <footer className={style.bar}>
      <Failure error={approve.call.error} again={approve.run} dismiss={approve.call.reset} />
      <Standing of={shown.value} offers={offers} onLook={onLook} />
      <Buttons {...{ offers, changed, setOpen }} busy={approve.call.isPending} onApprove={approve.run} />
      <Suspense fallback={null}>
        <Opened
          {...{ open, shown }}
          onClose={() => setOpen(undefined)}
          onDone={(done) => {
            setOpen(undefined);
            onDone(done);
          }}
        />
      </Suspense>
    </footer>
  );
}

function useApproving(shown: Tagged<Detail>, not: boolean, onDone: BarProps["onDone"]) {
  const call = useApprove(shown.value.id);
  const since = useRef(performance.now());
  const run = () => {
    const saw = seen(shown);
    if (not || saw === undefined || call.isPending || performance.now() - since.current < TOO_SOON_MS) return;
    call.mutate(saw, { onSuccess: ({ status }) => onDone({ verb: "approve", status }) });
  };
  return { call, run };
}

/** The dialogs are there before they are asked for, and after what is read first. */
function useFetchedEarly({ reject, modify: changes, undo }: Offers) {
  const canUndo = undo !== undefined;
  useEffect(() => {
    const timer = setTimeout(() => {
      if (reject || canUndo) void dialogs();
      if (changes) void modify();
    }, 800);
    return () => clearTimeout(timer);
  }, [reject, changes, canUndo]);
}

function useKeys(offers: Offers, changed: boolean, approve: () => void, setOpen: (open: Open) => void) {
  const words = useWords();
  const free = !changed;
  useCommands("card", [
    { id: "approve", keys: ["a"], label: words.approve, when: free && offers.approve, run: approve },
    {
      id: "reject",
      keys: ["x"],
      label: words.reject,
      when: free && offers.reject,
      run: () => setOpen("reject"),
    },
    {
      id: "modify",
      keys: ["e"],
      label: words.modify,
      when: free && offers.modify,
      run: () => setOpen("modify"),
    },
    {
      id: "delegate",
      keys: ["d"],
      label: words.delegate,
      when: offers.delegate,
      run: () => setOpen("delegate"),
    },
    {
      id: "undo",
      keys: ["u"],
      label: words.undo,
      when: offers.undo !== undefined,
      run: () => setOpen("undo"),
    },
  ]);
}

interface ButtonsProps {
  offers: Offers;
  changed: boolean;
  busy: boolean;
  onApprove: () => void;
  setOpen: (open: Open) => void;
}

function Buttons({ offers, changed, busy, onApprove, setOpen }: ButtonsProps) {
  const { span } = useLanguage();
  const words = useWords();
  return (
    <div className={style.buttons}>
      {offers.approve && (
        <Button kind="primary" busy={busy} disabled={changed} onClick={onApprove}>
          {busy ? words.sending : words.approve} <Key of="a" />
        </Button>
      )}
      {offers.reject && (
        <Button disabled={changed} onClick={() => setOpen("reject")}>
          {words.reject} <Key of="x" />
        </Button>
      )}
      {offers.modify && (
        <Button disabled={changed} onClick={() => setOpen("modify")}>
          {words.modify} <Key of="e" />
        </Button>
      )}
      {offers.delegate && (
        <Button kind="quiet" onClick={() => setOpen("delegate")}>
          {words.delegate} <Key of="d" />
        </Button>
      )}
      {offers.withdraw && (
        <Button kind="quiet" onClick={() => setOpen("withdraw")}>
          {words.withdraw}
        </Button>
      )}
      {offers.undo !== undefined && (
        <Button kind="primary" onClick={() => setOpen("undo")}>
          {words.undoLeft(span(offers.undo))} <Key of="u" />
        </Button>
      )}
    </div>
  );
}

/** In which role the person decides, or why they can't; what is still missing. */
function Standing({ of, offers, onLook }: { of: Detail; offers: Offers; onLook: BarProps["onLook"] }) {
  const words = useWords();
  const roles = useRoles();
  const wrong = broken(of).length;
  const { mayDecide, mayModify, role, onBehalf, because } = of.you;
  if (!isOpen(of)) return null;
  const left = (of.approval?.quorum ?? 0) - (of.approval?.agreed ?? 0);
  const as = role && roles([role]);
  return (
    <p className={style.standing}>
      {onLook && (
        <button type="button" className={style.look} onClick={onLook}>
          {words.lookFirst}
        </button>
      )}{" "}
      {offers.agreed && <strong>{words.saidYes} </strong>}
      {offers.agreed && left > 0 && `${words.waitsForMore(left)} `}
      {wrong > 0 && <strong className={style.bad}>{words.premisesBroken(wrong)} </strong>}
      {mayDecide &&
        as &&
        !offers.agreed &&
        (onBehalf ? <Inert text={words.decideFor(as, onBehalf)} most={200} /> : words.decideAs(as))}
      {!mayDecide && words.mayNot}
      {mayDecide && !mayModify && ` ${words.mayNotModify}`}
      {because && (
        <>
          {" "}
          <Inert text={because} most={300} />
        </>
      )}
    </p>
  );
}

interface OpenedProps {
  open: Open | undefined;
  shown: Tagged<Detail>;
  onClose: () => void;
  onDone: (done: Done) => void;
}

function Opened({ open, shown, onClose, onDone }: OpenedProps) {
  const saw = seen(shown);
  if (open === undefined) return null;
  const done = (verb: Done["verb"]) => (status: string, next?: string) =>
    onDone({ verb, status, ...(next === undefined ? {} : { next }) });
  if (open === "delegate") return <Delegate {...{ shown, onClose }} />;
  if (open === "withdraw") return <Withdraw {...{ shown, onClose }} onDone={done(open)} />;
  if (open === "undo") return <Undo {...{ shown, onClose }} onDone={done(open)} />;
  if (saw === undefined) return null;
  if (open === "reject") return <Reject {...{ shown, seen: saw, onClose }} onDone={done(open)} />;
  return <Modify {...{ shown, seen: saw, onClose }} onDone={done(open)} />;
}
