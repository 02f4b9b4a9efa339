import { Construct } from "constructs";
import type { FunctionEntry } from "../catalog.ts";
import type { Context } from "../context.ts";

/** A function with all that is its own: role, queue, dead-letter queue, log, alarms. */
export class RoyalFunction extends Construct {
  constructor(
    scope: Construct,
    readonly entry: FunctionEntry,
    protected readonly context: Context,
  ) {
    super(scope, entry.name);
  }
}
