import createClient, { type Middleware } from "openapi-fetch";
import { locale } from "~/i18n/locale";
import { refuse, token } from "~/session/token";
import { ApiError } from "./problem";
import type { components, paths } from "./schema";

/** A type of the API's own document. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

const SLOW_MS = 20_000;

/** Every request: who asks, in which language, for how long at most. */
const usual: Middleware = {
  onRequest({ request }) {
    const headers = new Headers(request.headers);
    const bearer = token();
    if (bearer) headers.set("Authorization", `Bearer ${bearer}`);
    headers.set("Accept-Language", locale());
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(SLOW_MS)]);
    return new Request(request, { headers, signal, credentials: "omit" });
  },
  async onResponse({ request, response }) {
    if (response.status === 401) refuse(request.headers.get("Authorization")?.slice("Bearer ".length));
    if (!response.ok) throw await ApiError.of(response);
  },
  onError({ error }) {
    return ApiError.from(error);
  },
};

/** The API, typed by its own document. It throws an `ApiError` for whatever is not a success. */
export const api = createClient<paths>({ baseUrl: "" });
api.use(usual);

/** What a call brought, and the `ETag` to send back with a change. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag: string | undefined;
}

interface Answer<T> {
  data?: T;
  response: Response;
}

/** The body of a successful call. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  return (await call).data as T;
}

/** The body of a successful call with its `ETag`. */
export async function tagged<T>(call: Promise<Answer<T>>): Promise<Tagged<T>> {
  const { data, response } = await call;
  return { value: data as T, etag: response.headers.get("ETag") ?? undefined };
}
