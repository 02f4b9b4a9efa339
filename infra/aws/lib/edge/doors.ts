import { HttpMethod } from "aws-cdk-lib/aws-apigatewayv2";

/** A path of the HTTP API. */
export interface Door {
  readonly path: string;
  readonly method: HttpMethod;
  /** `token`: somebody who signed in. `open`: anybody; the function judges what it gets, or tells nothing. */
  readonly to: "token" | "open";
}

const open = (path: string, method = HttpMethod.GET): Door => ({ path, method, to: "open" });
const token = (path: string, method = HttpMethod.ANY): Door => ({ path, method, to: "token" });

/**
 * The paths that lead to each function that wakes on HTTP. Open are only: whether the system is there, what its API
 * can do, and what comes signed by its sender, whose signature the function checks over the body as it arrived.
 */
const DOORS: Readonly<Record<string, readonly Door[]>> = {
  api: [
    open("/healthz"),
    open("/readyz"),
    open("/api/v1/healthz"),
    open("/api/v1/readyz"),
    open("/openapi.json"),
    open("/docs"),
    token("/api/{proxy+}"),
    token("/metrics", HttpMethod.GET),
    token("/mcp", HttpMethod.POST),
  ],
  webhooks: [open("/webhooks/{proxy+}", HttpMethod.POST), open("/suppliers/{proxy+}", HttpMethod.POST)],
};

/** The doors of `name`, a function that wakes on HTTP. One that nobody could reach is a mistake. */
export function doorsOf(name: string): readonly Door[] {
  const doors = DOORS[name];
  if (doors) return doors;
  throw new Error(
    `\`${name}\` wakes on \`http\`, and no path leads to it: add its paths in infra/aws/lib/edge/doors.ts`,
  );
}

/** First parts of the paths that `names` answer, as CloudFront's patterns: all that is not the page. */
export function patternsOf(names: readonly string[]): readonly string[] {
  const paths = names.flatMap(doorsOf).map(({ path }) => path);
  const patterns = paths.map((path) => path.replace(/^(\/[^/]+)\/.+$/, "$1/*"));
  return [...new Set(patterns)];
}
