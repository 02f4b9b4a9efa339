import type { Tagged } from "~/api/client";
import { Inert } from "~/ui/inert";
import type { Detail } from "../detail";
import { useWords } from "../words";
import { Reason } from "./reason";
import { type Seen, useReject, useUndo, useWithdraw } from "./writes";

export { Delegate } from "./delegate";

interface DialogProps {
  shown: Tagged<Detail>;
  onClose: () => void;
  /** It was done; what it is now, and what it led to. */
  onDone: (status: string, next?: string) => void;
}

/** What will happen, once more, so that nobody refuses or undoes another than they mean. */
function About({ hint, text }: { hint: string; text: string }) {
  return (
    <>
      <p>{hint}</p>
      <p>
        <strong>
          <Inert text={text} most={300} />
        </strong>
      </p>
    </>
  );
}

/** Refuses what was seen, with a reason. */
export function Reject({ shown, seen, onClose, onDone }: DialogProps & { seen: Seen }) {
  const words = useWords();
  const { id, willHappen } = shown.value;
  const call = useReject(id);
  return (
    <Reason
      {...{ id, call, onClose, what: "reject", kind: "danger", title: words.rejectTitle }}
      label={words.rejectLabel}
      send={words.reject}
      hint={<About hint={words.rejectHint} text={willHappen} />}
      onSend={(reason, sent) =>
        call.mutate({ ...seen, reason }, { onSuccess: ({ status }) => [sent(), onDone(status)] })
      }
    />
  );
}

/** Takes it back. */
export function Withdraw({ shown, onClose, onDone }: DialogProps) {
  const words = useWords();
  const { id, willHappen } = shown.value;
  const call = useWithdraw(id);
  return (
    <Reason
      {...{ id, call, onClose, what: "withdraw", kind: "danger", title: words.withdrawTitle, optional: true }}
      label={words.withdrawLabel}
      send={words.withdraw}
      hint={<About hint={words.withdrawHint} text={willHappen} />}
      onSend={(reason, sent) =>
        call.mutate({ etag: shown.etag, reason }, { onSuccess: ({ status }) => [sent(), onDone(status)] })
      }
    />
  );
}

/** Asks for the way back. */
export function Undo({ shown, onClose, onDone }: DialogProps) {
  const words = useWords();
  const { id, inverse } = shown.value;
  const call = useUndo(id);
  return (
    <Reason
      {...{ id, call, onClose, what: "undo", kind: "primary", title: words.undoTitle }}
      label={words.undoLabel}
      send={words.undo}
      hint={
        <>
          <About hint={words.undoHint} text={inverse?.wouldHappen ?? ""} />
          <p>{words.undoing}</p>
        </>
      }
      onSend={(reason, sent) =>
        call.mutate(reason, { onSuccess: (way) => [sent(), onDone(way.status, way.id)] })
      }
    />
  );
}
