import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What wakes a function. */
export type Trigger = "queue" | "stream" | "http" | "websocket";

/** What a function may do, and nothing else. */
export interface Grants {
  /** Prefixes of partition keys, of the table and of its indexes, that it may read. */
  readonly reads: readonly string[];
  /** Prefixes of partition keys that it may write. */
  readonly writes: readonly string[];
  /** Names of secrets that it may read. */
  readonly secrets: readonly string[];
  /** Whether it may send to every queue and to the bus. */
  readonly sends: boolean;
  /** Whether it may write to open WebSocket connections. */
  readonly pushes: boolean;
}

/** A function as the catalogue has it. */
export interface FunctionEntry {
  readonly name: string;
  readonly about: string;
  readonly kind: "agent" | "executor" | "edge" | "plumbing";
  /** The functions that it is deployed with: a cluster, `executors`, `edge` or `plumbing`. */
  readonly stack: string;
  readonly wakes: readonly Trigger[];
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly visibilitySeconds: number;
  readonly batch: number;
  readonly concurrency: number;
  /** Event patterns of the stream records that it is woken for; none is all. */
  readonly filters: readonly object[];
  readonly grants: Grants;
}

/** A message to a function's queue at set times. */
export interface ScheduleEntry {
  readonly name: string;
  readonly function: string;
  readonly every: string;
  readonly windowMinutes: number;
  readonly specialist: boolean;
  readonly message: object;
}

/** Who is told of an event on the bus. */
export interface RuleEntry {
  readonly name: string;
  readonly pattern: object;
  readonly queue: string;
  readonly paths: Readonly<Record<string, string>>;
  readonly template: string | null;
}

/** Something that functions measure, and what it is split by. */
export interface MetricEntry {
  readonly name: string;
  readonly by: readonly string[];
}

/** Everything that there is to deploy. */
export interface Catalog {
  readonly source: { readonly file: string; readonly sha256: string };
  readonly functions: readonly FunctionEntry[];
  readonly schedules: readonly ScheduleEntry[];
  readonly rules: readonly RuleEntry[];
  /** Secrets, which an operator sets. */
  readonly secrets: readonly { readonly name: string; readonly about: string }[];
  /** The names of all outside systems. */
  readonly systems: readonly string[];
  /** What functions measure and somebody watches. */
  readonly metrics: readonly MetricEntry[];
  /** What people can be. */
  readonly roles: readonly string[];
}

/** The folder of the whole project. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/**
 * The catalogue in `folder`: its JSON, if that was made from the file that lies beside it.
 *
 * @throws with the command that makes it anew.
 */
export function readCatalog(folder = join(root, "infra/catalog")): Catalog {
  const catalog = JSON.parse(readFileSync(join(folder, "catalog.json"), "utf8")) as Catalog;
  const text = readFileSync(join(folder, catalog.source.file));
  const sha256 = createHash("sha256").update(text).digest("hex");
  if (sha256 !== catalog.source.sha256) {
    throw new Error(
      `catalog.json was made from another ${catalog.source.file} than lies beside it: cargo run -q -p catalog -- json`,
    );
  }
  return catalog;
}

/** The names of the stacks of functions, each once, in the order of the catalogue. */
export function stackNames(catalog: Catalog): string[] {
  return [...new Set(catalog.functions.map((entry) => entry.stack))];
}
