/** What a token says, for the page's own use: nothing is decided by it, because the API reads it for itself. */
interface Claims {
  readonly sub?: unknown;
  readonly exp?: unknown;
}

/** The account that the token names. */
export function subjectOf(token: string | undefined): string | undefined {
  const subject = claims(token).sub;
  return typeof subject === "string" ? subject : undefined;
}

/** When the token ends, in milliseconds since 1970. */
export function untilOf(token: string | undefined): number | undefined {
  const seconds = claims(token).exp;
  return typeof seconds === "number" && Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

function claims(token: string | undefined): Claims {
  const part = token?.split(".")[1];
  if (part === undefined) return {};
  try {
    const read: unknown = JSON.parse(atob(part.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}
