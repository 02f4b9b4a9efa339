import { queryOptions, useQuery } from "@tanstack/react-query";
import { ApiError } from "~/api/problem";

/** What the page is told of where it runs (`/config.json`, beside its files). */
export interface Config {
  /** Whether shop and money are invented. */
  readonly sandbox: boolean;
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  /** Address of the live events, `ws:` or `wss:`. */
  readonly live: string;
}

/** Where the page runs. */
export const config = () =>
  queryOptions({
    queryKey: ["config"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Config> => {
      const response = await fetch("/config.json", { signal }).catch((error: unknown) => {
        throw ApiError.from(error);
      });
      if (!response.ok) throw await ApiError.of(response);
      return response.json();
    },
  });

/** Where the page runs; `undefined` until it is known. */
export function useConfig(): Config | undefined {
  return useQuery(config()).data;
}
