import type { Detail } from "./detail";

/** One thing that is another than it was on the screen. */
export interface Difference {
  /** A part of the card, or a field of its action. */
  readonly part:
    | "willHappen"
    | "tier"
    | "roles"
    | "quorum"
    | "deadline"
    | "revision"
    | "reasons"
    | "premise"
    | "field";
  /** Which one, where there are several. */
  readonly name?: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

type Facts = ReadonlyMap<string, string>;

/** What a decision rests on, one text for each: all of it, and nothing that changes by itself. */
function facts(of: Detail): Facts {
  const found = new Map<string, string>();
  const put = (key: string, value: unknown) => {
    if (value !== undefined && value !== null && value !== "") found.set(key, String(value));
  };
  put("willHappen", of.willHappen);
  put("tier", of.tier);
  put("roles", of.approval?.roles.join(", "));
  put("quorum", of.approval?.quorum);
  put("deadline", of.approval?.deadline);
  put("revision", of.decision?.revision);
  put("reasons", of.decision?.reasons.map((reason) => reason.text).join("\n"));
  for (const { source, field, mustBe } of of.premises) put(`premise ${source} ${field}`, mustBe);
  for (const [path, value] of leaves(of.payload, "")) put(`field ${path}`, value);
  return found;
}

function* leaves(of: unknown, path: string): Generator<[string, string]> {
  if (typeof of !== "object" || of === null) {
    yield [path, String(of)];
    return;
  }
  for (const [name, value] of Object.entries(of))
    yield* leaves(value, path === "" ? name : `${path}.${name}`);
}

/** What is another now than it was on the screen, in the order in which it is read. */
export function differences(before: Detail, after: Detail): Difference[] {
  const [was, is] = [facts(before), facts(after)];
  const found: Difference[] = [];
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(key) === is.get(key)) continue;
    const [part = "", ...rest] = key.split(" ");
    const name = rest.length > 0 ? { name: rest.join(" ") } : {};
    found.push({ part: part as Difference["part"], ...name, before: was.get(key), after: is.get(key) });
  }
  return found;
}

/** Whether what would be decided on is another than what was on the screen. */
export function matters(before: Detail, after: Detail): boolean {
  return before.digest !== after.digest || differences(before, after).length > 0;
}
