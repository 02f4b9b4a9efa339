import { differs, type Editor, type Edits, meant } from "./editors";

type Json = Record<string, unknown>;

/** The payload as it would be. */
export function changed(payload: object, of: readonly Editor[], edits: Edits): object {
  const copy: object = structuredClone(payload);
  for (const editor of of) {
    const text = edits[editor.path];
    if (differs(text, editor)) put(copy, editor.path.split("."), meant(text, editor));
  }
  return copy;
}

function put(into: object, path: readonly string[], value: unknown): void {
  const [name = "", ...rest] = path;
  if (!Object.hasOwn(into, name)) return;
  const inside = into as Json;
  const next = inside[name];
  if (rest.length === 0) inside[name] = value;
  else if (typeof next === "object" && next !== null) put(next, rest, value);
}

/** What makes `after` of `before`, as a JSON merge patch (RFC 7396); nothing where they are the same. */
export function patch(before: object, after: object): Json | undefined {
  const found: Json = {};
  for (const [name, value] of Object.entries(after)) {
    const was = (before as Json)[name];
    if (JSON.stringify(was) === JSON.stringify(value)) continue;
    found[name] = isObject(was) && isObject(value) ? patch(was, value) : value;
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function isObject(of: unknown): of is object {
  return typeof of === "object" && of !== null && !Array.isArray(of);
}
