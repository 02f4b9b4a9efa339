import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { account, token } from "./token";
import { useToken } from "./use-token";

/** Who is signed in, and what they may do, as the API says. */
export type Me = Schema<"Me">;

/** Asks the API who the token belongs to. The same person with a new token is the same person. */
export const me = () =>
  queryOptions({
    queryKey: ["me", account()],
    enabled: token() !== undefined,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => body(api.GET("/api/v1/me", { signal })),
  });

/** Who is signed in; `undefined` until it is known. */
export function useMe(): Me | undefined {
  useToken();
  return useQuery(me()).data;
}

/** Whether the person who is signed in may do this. What they may not is not offered; the API refuses it anyway. */
export function useMay(verb: string): boolean {
  return useMe()?.may.includes(verb) ?? false;
}
