import { scaled } from "~/ui/decimal";
import type { Detail } from "../detail";
import { useDraft } from "../drafts";
import { useWords } from "../words";
import { type Editor, type Edits, editors, fault } from "./editors";
import { changed, patch } from "./patch";

interface Draft {
  readonly edits: Edits;
  readonly reason: string;
}

const NOTHING: Draft = { edits: {}, reason: "" };

/** What somebody is changing about a request, and what of it can be sent. */
export function useChange({ id, actionType, payload }: Detail) {
  const words = useWords();
  const [draft, setDraft, sent] = useDraft<Draft>(id, "modify", NOTHING);
  const of = editors(actionType, payload);
  const text = (editor: Editor) => draft.edits[editor.path] ?? editor.now;
  const faulty = of.some((editor) => fault(text(editor), editor, words) !== undefined);
  return {
    of,
    text,
    setText: (editor: Editor, value: string) =>
      setDraft({ ...draft, edits: edited(draft.edits, of, editor, value) }),
    reason: draft.reason,
    setReason: (reason: string) => setDraft({ ...draft, reason }),
    /** As a merge patch; nothing while there is none, or a field is wrong. */
    changes: faulty ? undefined : patch(payload, changed(payload, of, draft.edits)),
    sent,
  };
}

/** The edits with one more; the amount that grows with it grows with it. */
function edited(edits: Edits, of: readonly Editor[], { path, now, scales }: Editor, text: string): Edits {
  const next = { ...edits, [path]: text };
  const amount = scales === undefined ? undefined : of.find((editor) => editor.path === scales);
  const grown = amount && scaled(amount.now, text, now, amount.decimals);
  return amount && grown ? { ...next, [amount.path]: grown } : next;
}
