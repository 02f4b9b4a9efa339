import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { ApiError } from "./problem";

/** What a change sends along, so that sending it again is sending it once. */
export interface Once {
  readonly "Idempotency-Key": string;
}

/**
 * A change of something, at most once: a retry of the same input (after a time-out, a lost connection, a new
 * sign-in) carries the same idempotency key; another input, or a success, starts a new one.
 */
export function useWrite<Input, Output>(
  write: (input: Input, once: Once) => Promise<Output>,
  touches: readonly (readonly unknown[])[],
): UseMutationResult<Output, ApiError, Input> {
  const keys = useRef(new Map<string, string>());
  const client = useQueryClient();
  return useMutation<Output, ApiError, Input>({
    // Without a connection it fails at once, and is not sent behind somebody's back when the connection returns.
    networkMode: "always",
    mutationFn: (input) => {
      const about = JSON.stringify(input);
      const key = keys.current.get(about) ?? crypto.randomUUID();
      keys.current.set(about, key);
      return write(input, { "Idempotency-Key": key });
    },
    onSuccess: (_, input) => {
      keys.current.delete(JSON.stringify(input));
    },
    onSettled: () => Promise.all(touches.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}
