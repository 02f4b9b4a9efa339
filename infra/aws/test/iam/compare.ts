import type { Catalog, FunctionEntry } from "../../lib/catalog.ts";
import type { Names } from "../../lib/names.ts";
import { allows, list } from "./evaluate.ts";
import type { Probe } from "./probe.ts";
import { probes } from "./probes.ts";
import type { Templates } from "./resolve.ts";
import { type Role, roles, runners } from "./roles.ts";
import { world } from "./world.ts";

/**
 * Where the templates give a function more than the catalogue grants, or less: each in a sentence. Nothing, if every
 * function may do exactly what it should of everything that is sensitive, and nothing that was not asked about.
 */
export function differences(catalog: Catalog, names: Names, templates: Templates): readonly string[] {
  const all = probes(catalog, names, world(templates));
  const running = runners(templates);
  const asked = new Set(all.map(({ action }) => action.toLowerCase()));
  return catalog.functions.flatMap((entry) => {
    const runner = running.find(({ name }) => name === names.of(entry.name));
    if (!runner) return [`${entry.name} is in no template`];
    return [
      ...shared(
        entry,
        runner.role,
        running.map(({ role }) => role),
      ),
      ...judge(entry, runner.role, all, asked),
    ];
  });
}

function judge(
  entry: FunctionEntry,
  role: Role,
  all: readonly Probe[],
  asked: ReadonlySet<string>,
): string[] {
  const wrong = all.flatMap((probe) => {
    const can = allows(role.statements, probe);
    if (can === probe.may(entry)) return [];
    return [
      can
        ? `${entry.name} may do more than is granted: ${probe.what}`
        : `${entry.name} lacks what is granted: ${probe.what}`,
    ];
  });
  const granted = role.statements
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => list(Action));
  const unknown = granted.filter((action) => !asked.has(action.toLowerCase()));
  return [
    ...wrong,
    ...unknown.map((action) => `${entry.name} may \`${action}\`, which nothing here asks about`),
  ];
}

/** A role that two functions run under would give each what the other is granted. */
function shared(entry: FunctionEntry, role: Role, taken: readonly Role[]): readonly string[] {
  const isShared = taken.filter((one) => one === role).length > 1;
  const trusts = role.trusts.join(", ");
  return [
    ...(isShared ? [`${entry.name} shares its role`] : []),
    ...(trusts === "lambda.amazonaws.com" ? [] : [`the role of ${entry.name} can be taken by: ${trusts}`]),
  ];
}

/** What roles that are no function's of the catalogue may do of all that is sensitive, by the role's path. */
export function others(
  catalog: Catalog,
  names: Names,
  templates: Templates,
): ReadonlyMap<string, readonly string[]> {
  const all = probes(catalog, names, world(templates));
  const known = new Set(catalog.functions.map(({ name }) => names.of(name)));
  const ours = runners(templates).filter(({ name }) => name !== undefined && known.has(name));
  const rest = roles(templates).filter(
    (role) => !ours.some((one) => one.role.stack === role.stack && one.role.id === role.id),
  );
  return new Map(
    rest.map((role) => {
      const can = all
        .filter((probe) => allows(role.statements, probe))
        .map(({ action, resource }) => `${action} ${resource}`);
      return [`${role.stack}/${role.id}`, can];
    }),
  );
}
