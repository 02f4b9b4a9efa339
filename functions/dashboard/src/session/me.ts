import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Schema } from "~/api/client";
import { ApiError } from "~/api/problem";
import { token } from "./token";

type Role = NonNullable<Schema<"ApprovalDetail">["approval"]>["roles"][number];

/** Who is signed in, and what they may do, as the API says. */
export interface Me {
  readonly account: string;
  readonly person: string;
  readonly name?: string;
  readonly roles: readonly Role[];
  /** Verbs of access.rego. */
  readonly may: readonly string[];
  /** Live topics that this caller hears. */
  readonly topics: readonly string[];
}

/** Asks the API who the token belongs to. */
export const me = () =>
  queryOptions({
    queryKey: ["me", token()],
    enabled: token() !== undefined,
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }): Promise<Me> => {
      const response = await fetch("/api/v1/me", {
        headers: { Authorization: `Bearer ${token()}` },
        credentials: "omit",
        signal,
      }).catch((error: unknown) => {
        throw ApiError.from(error);
      });
      if (!response.ok) throw await ApiError.of(response);
      return response.json();
    },
  });

/** Who is signed in; `undefined` until it is known. */
export function useMe(): Me | undefined {
  return useQuery(me()).data;
}

/** Whether the person who is signed in may do this. What they may not is not offered; the API refuses it anyway. */
export function useMay(verb: string): boolean {
  return useMe()?.may.includes(verb) ?? false;
}
