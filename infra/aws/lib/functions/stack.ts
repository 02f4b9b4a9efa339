import { type App, Stack } from "aws-cdk-lib";
import type { Context } from "../context.ts";
import { RoyalFunction } from "./function.ts";

/** The functions that are deployed together, each with all that is its own. */
export class FunctionsStack extends Stack {
  /** The functions, by name. */
  readonly functions: ReadonlyMap<string, RoyalFunction>;

  constructor(app: App, name: string, context: Context) {
    super(app, context.names.stack(name), { description: `Royal Equips Orchestrator: functions of ${name}` });
    const entries = context.catalog.functions.filter((entry) => entry.stack === name);
    this.functions = new Map(entries.map((entry) => [entry.name, new RoyalFunction(this, entry, context)]));
  }
}
