import type { Schema } from "./client";

/** What went wrong, by what the person can do about it. */
export type Kind =
  | "offline" // no answer at all
  | "slow" // no answer in time
  | "session" // 401: sign in again
  | "forbidden" // 403
  | "missing" // 404
  | "conflict" // 409: somebody was first
  | "changed" // 412: it is not what was shown any more
  | "invalid" // 400, 413, 415, 422: a field is wrong
  | "busy" // 429: wait
  | "broken"; // 5xx

const KINDS: Record<number, Kind> = {
  401: "session",
  403: "forbidden",
  404: "missing",
  409: "conflict",
  412: "changed",
  429: "busy",
};

/** A call that did not succeed: the API's own problem details (RFC 9457) where there are any. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly kind: Kind,
    readonly status: number | undefined,
    readonly problem: Problem | undefined,
    /** Seconds after which it may be tried again, if the server said so. */
    readonly retryAfter: number | undefined,
  ) {
    super(problem?.detail ?? kind);
  }

  /** Reads an answer that is no success. */
  static async of(response: Response): Promise<ApiError> {
    const problem = await problemOf(response);
    const kind = KINDS[response.status] ?? (response.status >= 500 ? "broken" : "invalid");
    return new ApiError(kind, response.status, problem, seconds(response.headers.get("Retry-After")));
  }

  /** What `fetch` threw. */
  static from(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    const slow = error instanceof DOMException && error.name === "TimeoutError";
    return new ApiError(slow ? "slow" : "offline", undefined, undefined, undefined);
  }

  /** Whether the same call may succeed later with nothing changed. */
  get passes(): boolean {
    return ["offline", "slow", "busy", "broken"].includes(this.kind);
  }
}

/** Problem details as the API writes them, with what a kind adds. */
export type Problem = Schema<"Problem"> & Record<string, unknown>;

async function problemOf(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get("Content-Type")?.includes("json")) return undefined;
  const read: unknown = await response.json().catch(() => undefined);
  return isProblem(read) ? read : undefined;
}

function isProblem(read: unknown): read is Problem {
  return typeof read === "object" && read !== null && "title" in read && "detail" in read;
}

function seconds(header: string | null): number | undefined {
  const value = Number(header);
  return header !== null && Number.isFinite(value) && value >= 0 ? value : undefined;
}
