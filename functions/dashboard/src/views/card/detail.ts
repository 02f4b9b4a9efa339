import type { Schema } from "~/api/client";

/** A request with everything about it; or an action that no person was asked about, with as much of it. */
export type Detail = Schema<"ApprovalDetail">;

/** An action that no person was asked about, in the shape of a request: it can be read, and not decided. */
export function unasked(action: Schema<"ActionDetail">): Detail {
  const you = { mayDecide: false, mayModify: false };
  return { ...action, priority: "MEDIUM", policyChanged: false, similar: [], you };
}

/** Whether people are asked about it now. */
export function isOpen(of: Detail): boolean {
  return of.status === "PENDING" && of.approval != null && of.digest != null;
}

const MOVING = new Set(["PROPOSED", "CEO_REVIEW", "GRANTED", "EXECUTING", "UNKNOWN"]);

/** Whether it moves on without anybody here: then it is worth looking again. */
export function isMoving(of: Detail): boolean {
  return MOVING.has(of.status);
}

/** The facts that do not hold now. */
export function broken(of: Detail): Detail["premises"] {
  return of.premises.filter((premise) => premise.holds === false);
}
