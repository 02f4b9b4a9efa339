import type { Templates } from "./iam/resolve.ts";

/** The properties of everything of `type` in `templates`. */
export function of(templates: Readonly<Record<string, Templates[string] | undefined>>, type: string) {
  return Object.values(templates).flatMap((template) =>
    Object.values(template?.Resources ?? {})
      .filter((resource) => resource.Type === type)
      .map(({ Properties }) => (Properties ?? {}) as Record<string, unknown>),
  );
}

/** A text that is joined of parts, without partition, region and account: `arn:sqs:royal-dev-gate`. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  const [glue, parts] = (value as { "Fn::Join"?: [string, unknown[]] })["Fn::Join"] ?? ["", []];
  const known = parts.map((part) => (typeof part === "string" ? part : ""));
  return known.join(glue).replace(/:{2,}/g, ":");
}
