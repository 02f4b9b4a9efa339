import { type App, Stack } from "aws-cdk-lib";
import type { LayerVersion } from "aws-cdk-lib/aws-lambda";
import type { Context } from "../context.ts";
import { Alarms } from "../watch/alarms.ts";
import { RoyalFunction } from "./function.ts";
import { policies } from "./policies.ts";
import { Release } from "./release.ts";
import { rule } from "./rules.ts";
import { Schedules } from "./schedules.ts";

/** What the functions of one stack have in common. */
export interface Shared {
  readonly alarms: Alarms;
  /** The rules, for a function that judges by them; the layer is there once somebody asks. */
  readonly policies: () => LayerVersion;
  /** How new versions come into service; without it, at once. */
  readonly release?: Release;
}

/** The functions that are deployed together, each with all that is its own, and what wakes them. */
export class FunctionsStack extends Stack {
  /** The functions, by name. */
  readonly functions: ReadonlyMap<string, RoyalFunction>;

  constructor(app: App, name: string, context: Context) {
    super(app, context.names.stack(name), { description: `Royal Equips Orchestrator: functions of ${name}` });
    const shared = this.shared(name, context);
    const entries = context.catalog.functions.filter((entry) => entry.stack === name);
    this.functions = new Map(
      entries.map((entry) => [entry.name, new RoyalFunction(this, entry, context, shared)]),
    );
    this.wake(context);
  }

  private shared(name: string, context: Context): Shared {
    const { environment, names } = context;
    let layer: LayerVersion | undefined;
    return {
      alarms: new Alarms(this, names),
      policies: () => {
        layer ??= policies(this, name, context);
        return layer;
      },
      ...(environment.canary && { release: new Release(this, names, name) }),
    };
  }

  private wake({ catalog, names }: Context): void {
    const own = catalog.schedules.filter((entry) => !entry.specialist && this.functions.has(entry.function));
    if (own.length > 0) new Schedules(this, names, own);
    for (const entry of catalog.rules) {
      const { queue, dead } = this.functions.get(entry.queue) ?? {};
      if (queue && dead) rule(this, entry, { names, queue, dead });
    }
  }
}

/** The schedules of a cluster's specialists: a stack of their own, because there may be a hundred. */
export class SpecialistsStack extends Stack {
  constructor(app: App, name: string, context: Context) {
    super(app, context.names.stack(`${name}-specialists`), {
      description: `Royal Equips Orchestrator: when the specialists of ${name} work`,
    });
    new Schedules(this, context.names, specialists(name, context));
  }
}

/** The schedules of the specialists of a stack's functions. */
export function specialists(name: string, { catalog }: Context) {
  const own = new Set(catalog.functions.filter((entry) => entry.stack === name).map((entry) => entry.name));
  return catalog.schedules.filter((entry) => entry.specialist && own.has(entry.function));
}
