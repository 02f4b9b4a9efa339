import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Tagged } from "~/api/client";
import { ApiError } from "~/api/problem";
import { action, approval } from "~/api/queries";
import { type Detail, isMoving, isOpen, unasked } from "./detail";
import { matters } from "./differences";

const SOON_MS = 1_200;

/** A card as it is on the screen, and as it is now where that is another one. */
export interface Shown {
  readonly shown: Tagged<Detail> | undefined;
  /** What is there now, as long as the person has not looked at it. */
  readonly now: Tagged<Detail> | undefined;
  readonly accept: () => void;
  readonly error: ApiError | undefined;
  readonly again: () => void;
}

/**
 * What is on the screen stays there until the person asks for what is new, as long as there is something to decide:
 * nobody agrees to what was swapped under their eyes. What can't be decided any more is shown as it is.
 */
export function useShown(id: string): Shown {
  const { data, error, again } = useDetail(id);
  const [shown, setShown] = useState<Tagged<Detail>>();
  const keeps = shown !== undefined && data !== undefined && isOpen(shown.value) && isOpen(data.value);
  const changed = keeps && matters(shown.value, data.value);
  if (data !== undefined && data !== shown && !changed) setShown(data);
  const accept = () => setShown(data);
  return { shown: changed ? shown : (data ?? shown), now: changed ? data : undefined, accept, error, again };
}

/** The request; where no person was asked, the action. It is looked at again while it moves on by itself. */
function useDetail(id: string) {
  const asked = useQuery({
    ...approval(id),
    refetchInterval: ({ state }) =>
      state.data && isMoving(state.data.value) ? SOON_MS : state.error ? SOON_MS * 4 : false,
  });
  const missing = asked.error !== null && ApiError.from(asked.error).kind === "missing";
  const found = useQuery({
    ...action(id),
    enabled: missing,
    select: readable,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.value.outcome ? false : SOON_MS),
  });
  const one = missing ? found : asked;
  return {
    data: one.data as Tagged<Detail> | undefined,
    error: one.error === null ? undefined : ApiError.from(one.error),
    again: () => void one.refetch(),
  };
}

function readable({
  value,
  etag,
}: {
  value: Parameters<typeof unasked>[0];
  etag: string | undefined;
}): Tagged<Detail> {
  return { value: unasked(value), etag };
}
