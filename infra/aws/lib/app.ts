import { type App, type Stack, Tags } from "aws-cdk-lib";
import { type Catalog, readCatalog, stackNames } from "./catalog.ts";
import type { Context } from "./context.ts";
import { CoreStack } from "./core/stack.ts";
import { ShieldStack } from "./dashboard/shield.ts";
import { DashboardStack } from "./dashboard/stack.ts";
import { EdgeStack } from "./edge/stack.ts";
import { type Environment, environment } from "./environments.ts";
import { assertBuilt } from "./functions/code.ts";
import { FunctionsStack, SpecialistsStack, specialists } from "./functions/stack.ts";
import { Names } from "./names.ts";
import { WatchStack } from "./watch/stack.ts";

/** The stacks, by their names without `royal-<env>-`. */
export type Stacks = ReadonlyMap<string, Stack>;

/** Makes all stacks of one environment from the catalogue. */
export function royal(
  app: App,
  catalog: Catalog = readCatalog(),
  where: Environment = environment(app.node),
): Stacks {
  const context: Context = { catalog, environment: where, names: new Names(where) };
  assertBuilt(
    catalog.functions.map((entry) => entry.name),
    where,
  );
  const core = new CoreStack(app, context);
  const stacks = new Map<string, Stack>([["core", core]]);
  for (const name of stackNames(catalog)) {
    stacks.set(name, name === "edge" ? new EdgeStack(app, context) : new FunctionsStack(app, name, context));
    if (specialists(name, context).length > 0)
      stacks.set(`${name}-specialists`, new SpecialistsStack(app, name, context));
  }
  for (const stack of stacks.values())
    if (stack !== core)
      stack.addStackDependency(core, "the table, the bus and what core tells are there first");
  for (const [name, stack] of around(app, context, stacks)) stacks.set(name, stack);
  Tags.of(app).add("royal:system", "orchestrator");
  Tags.of(app).add("royal:environment", where.name);
  return stacks;
}

/** What stands around the functions: the page, its firewall, and what watches over all of it. */
function around(app: App, context: Context, functions: Stacks): Stacks {
  const watch = new WatchStack(app, context);
  for (const stack of functions.values())
    watch.addStackDependency(stack, "it reads logs, which are there first");
  const stacks = new Map<string, Stack>([["watch", watch]]);
  const edge = functions.get("edge");
  if (!edge) return stacks;
  const dashboard = new DashboardStack(app, context);
  dashboard.addStackDependency(edge, "the page has to know where the API and the WebSocket are");
  stacks.set("dashboard", dashboard);
  if (!context.environment.waf) return stacks;
  const shield = new ShieldStack(app, context);
  dashboard.addStackDependency(shield, "the firewall is there before what it protects");
  return stacks.set("shield", shield);
}
