import type { Construct } from "constructs";
import type { FunctionEntry } from "../catalog.ts";
import type { Context } from "../context.ts";
import { delivered } from "./policies.ts";

/** The system's certificates where Lambda runs `provided.al2023`: one file is read faster than all are looked for. */
const CERTIFICATES = "/etc/pki/tls/certs/ca-bundle.crt";

/** What a function finds in its environment (`shared/runtime`, `Config`). */
export function variables(scope: Construct, entry: FunctionEntry, context: Context): Record<string, string> {
  const { catalog, environment, names } = context;
  const executors = catalog.functions.filter(({ kind }) => kind === "executor").map(({ name }) => name);
  return {
    SSL_CERT_FILE: CERTIFICATES,
    ROYAL_TABLE: names.house,
    ROYAL_BUS: names.house,
    ROYAL_SECRETS: names.secrets,
    ROYAL_POLICIES: delivered(environment.assets).path,
    ROYAL_EXECUTORS: executors.join(";"),
    ...(environment.pageUrl && { ROYAL_PAGE_URL: environment.pageUrl }),
    ...(entry.grants.sends && { ROYAL_QUEUES: names.queueUrls(scope) }),
    ...(entry.wakes.includes("http") || entry.wakes.includes("websocket") ? signIn(scope, context) : {}),
    ...environment.settings,
  };
}

/** By whom and for whom the tokens are made that people show. */
function signIn(scope: Construct, { names }: Context): Record<string, string> {
  const issuer = names.told(scope, "issuer");
  return {
    ROYAL_ISSUER: issuer,
    ROYAL_AUDIENCE: names.told(scope, "audience"),
    ROYAL_JWKS: `${issuer}/.well-known/jwks.json`,
  };
}
