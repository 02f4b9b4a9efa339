import type { FunctionEntry } from "../../lib/catalog.ts";
import type { Request } from "./evaluate.ts";

/** Something sensitive that a function could try, and who may do it by the catalogue. */
export interface Probe extends Request {
  /** In words. */
  readonly what: string;
  readonly may: (who: FunctionEntry) => boolean;
}

/** Whether a function may do it, by the catalogue. */
export type May = Probe["may"];
/** No function. */
export const nobody: May = () => false;
/** Every function. */
export const everybody: May = () => true;

/** A probe. */
export function probe(
  what: string,
  action: string,
  resource: string,
  may: May,
  context: Request["context"] = {},
): Probe {
  return { what, action, resource, context, may };
}
