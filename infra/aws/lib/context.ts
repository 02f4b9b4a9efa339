import type { Catalog } from "./catalog.ts";
import type { Environment } from "./environments.ts";
import type { Names } from "./names.ts";

/** What every stack is made from. */
export interface Context {
  readonly catalog: Catalog;
  readonly environment: Environment;
  readonly names: Names;
}
