import { api, body, type Schema, type Tagged } from "~/api/client";
import { useWrite } from "~/api/write";
import type { Detail } from "../detail";

/** What is decided on: exactly what is on the screen. */
export interface Seen {
  readonly digest: string;
  readonly etag: string | undefined;
}

/** What of a request was on the screen; nothing while policy has not judged it. */
export function seen(shown: Tagged<Detail>): Seen | undefined {
  const { digest } = shown.value;
  return digest ? { digest, etag: shown.etag } : undefined;
}

/** What a decision touches besides the card. */
const TOUCHED = [["approvals"], ["actions"], ["overview"], ["budgets"]];

function match(etag: string | undefined) {
  return etag === undefined ? {} : { "If-Match": etag };
}

/** Agrees to exactly what was seen. */
export function useApprove(id: string) {
  return useWrite(
    ({ digest, etag }: Seen, once) =>
      body(
        api.POST("/api/v1/approvals/{id}/approve", {
          params: { path: { id }, header: { ...once, ...match(etag) } },
          body: { digest },
        }),
      ),
    TOUCHED,
  );
}

/** Refuses exactly what was seen. */
export function useReject(id: string) {
  return useWrite(
    ({ digest, etag, reason }: Seen & { reason: string }, once) =>
      body(
        api.POST("/api/v1/approvals/{id}/reject", {
          params: { path: { id }, header: { ...once, ...match(etag) } },
          body: { digest, reason },
        }),
      ),
    TOUCHED,
  );
}

/** Asks for something else in its place. */
export function useModify(id: string) {
  return useWrite(
    ({ digest, etag, changes, reason }: Seen & { changes: object; reason: string }, once) =>
      body(
        api.POST("/api/v1/approvals/{id}/modify", {
          params: { path: { id }, header: { ...once, ...match(etag) } },
          body: { digest, reason, changes: changes as Record<string, never> },
        }),
      ),
    TOUCHED,
  );
}

/** Lets somebody else decide in one's place. */
export function useDelegate(id: string) {
  return useWrite(
    (to: Schema<"Delegate">, once) =>
      body(api.POST("/api/v1/approvals/{id}/delegate", { params: { path: { id }, header: once }, body: to })),
    [["approvals"], ["delegations"]],
  );
}

/** Says something about it. */
export function useComment(id: string) {
  return useWrite(
    (text: string, once) =>
      body(
        api.POST("/api/v1/approvals/{id}/comment", {
          params: { path: { id }, header: once },
          body: { text },
        }),
      ),
    [
      ["approvals", "one", id],
      ["actions", "one", id],
    ],
  );
}

/** Takes it back. */
export function useWithdraw(id: string) {
  return useWrite(
    ({ etag, reason }: { etag: string | undefined; reason: string }, once) =>
      body(
        api.POST("/api/v1/actions/{id}/withdraw", {
          params: { path: { id }, header: { ...once, ...match(etag) } },
          body: reason.trim() === "" ? {} : { reason },
        }),
      ),
    TOUCHED,
  );
}

/** Asks for its way back. */
export function useUndo(id: string) {
  return useWrite(
    (reason: string, once) =>
      body(
        api.POST("/api/v1/actions/{id}/undo", { params: { path: { id }, header: once }, body: { reason } }),
      ),
    TOUCHED,
  );
}
