import { type Me, useMe } from "~/session/me";
import { useNow } from "~/ui/time";
import { type Detail, isOpen } from "../detail";
import { specs } from "../specs";

/** What the person who is signed in can do about a request now. What is not there is not offered. */
export interface Offers {
  readonly approve: boolean;
  readonly reject: boolean;
  readonly modify: boolean;
  readonly delegate: boolean;
  readonly withdraw: boolean;
  /** Milliseconds that are left to undo it. */
  readonly undo: number | undefined;
  /** Whether the person has agreed already. */
  readonly agreed: boolean;
}

const TAKEN_BACK = new Set(["PENDING", "CEO_REVIEW", "HELD"]);

/** What can be done about it: the API's word on this request, and on the person's roles. */
export function useOffers(of: Detail): Offers {
  const me = useMe();
  return offers(of, me, useNow());
}

export function offers(of: Detail, me: Me | undefined, now: number): Offers {
  const may = (verb: string) => me?.may.includes(verb) ?? false;
  const open = isOpen(of);
  const { mayDecide, mayModify } = of.you;
  const agreed = of.approval?.votes.some((vote) => vote.agrees && vote.person === me?.account) ?? false;
  const set = of.status === "HELD" && of.heldFrom === "PENDING";
  const own = me !== undefined && (of.authors.includes(me.account) || me.roles.includes("owner"));
  return {
    approve: open && mayDecide && !agreed,
    reject: (open || set) && mayDecide,
    modify: open && mayModify && specs(of.actionType).some((spec) => spec.edit),
    delegate: open && mayDecide && may("approvals.delegate"),
    withdraw: TAKEN_BACK.has(of.status) && own && may("actions.withdraw"),
    undo: may("actions.undo") ? undoLeft(of, now) : undefined,
    agreed: open && agreed,
  };
}

function undoLeft(of: Detail, now: number): number | undefined {
  if (of.status !== "EXECUTED" || !of.undoUntil || !of.inverse) return undefined;
  const left = Date.parse(of.undoUntil) - now;
  return left > 0 ? left : undefined;
}
