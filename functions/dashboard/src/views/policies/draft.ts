import { useCallback, useState } from "react";
import type { Edit } from "./edit";

const KEY = "royal.draft.policy";

interface Draft {
  /** The revision that was edited. */
  readonly of: string;
  readonly edit: Edit;
}

/** An edit that is not lost with the page. One of another revision is forgotten: its numbers may mean something else. */
export function useDraft(
  revision: string,
): [Edit, (path: string, value: number | undefined) => void, () => void] {
  const [edit, setEdit] = useState<Edit>(() => kept(revision));
  const keep = useCallback(
    (next: Edit) => {
      setEdit(next);
      localStorage.setItem(KEY, JSON.stringify({ of: revision, edit: next } satisfies Draft));
    },
    [revision],
  );
  const change = (path: string, value: number | undefined) => {
    const { [path]: _, ...rest } = edit;
    keep(value === undefined ? rest : { ...rest, [path]: value });
  };
  return [edit, change, () => keep({})];
}

function kept(revision: string): Edit {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY) ?? "null") as Draft | null;
    return draft?.of === revision ? draft.edit : {};
  } catch {
    return {};
  }
}
