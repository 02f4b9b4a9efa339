import { type App, type Stack, Tags } from "aws-cdk-lib";
import { type Catalog, readCatalog, stackNames } from "./catalog.ts";
import type { Context } from "./context.ts";
import { CoreStack } from "./core/stack.ts";
import { type Environment, environment } from "./environments.ts";
import { FunctionsStack } from "./functions/stack.ts";
import { Names } from "./names.ts";

/** The stacks, by their names without `royal-<env>-`. */
export type Stacks = ReadonlyMap<string, Stack>;

/** Makes all stacks of one environment from the catalogue. */
export function royal(
  app: App,
  catalog: Catalog = readCatalog(),
  where: Environment = environment(app.node),
): Stacks {
  const context: Context = { catalog, environment: where, names: new Names(where) };
  const core = new CoreStack(app, context);
  const stacks = new Map<string, Stack>([["core", core]]);
  for (const name of stackNames(catalog)) {
    const stack = new FunctionsStack(app, name, context);
    stack.addStackDependency(core, "the table, the bus and what core tells are there first");
    stacks.set(name, stack);
  }
  Tags.of(app).add("royal:system", "orchestrator");
  Tags.of(app).add("royal:environment", where.name);
  return stacks;
}
