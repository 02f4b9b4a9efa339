import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "./client";
import type { paths } from "./schema";

/** An order in a list. */
export type OrderRow = Schema<"Order">;
/** An order with everything that is known of it. */
export type OrderDetail = Schema<"OrderDetail">;
export type OrderFilter = Omit<
  NonNullable<paths["/api/v1/orders"]["get"]["parameters"]["query"]>,
  "cursor" | "limit"
>;

const SHOWN = 25;
/** What changes without a stage (a tracking number, money paid back) is read again by itself. */
const EVERY_MS = 30_000;

/** Orders, what changed last first, page by page. */
export const orders = (filter: OrderFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ["orders", filter],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { next?: string | null }) => page.next ?? undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { ...filter, limit: SHOWN, ...(cursor === undefined ? {} : { cursor }) };
      return body(api.GET("/api/v1/orders", { params: { query }, signal }));
    },
  });

/** One order. */
export const order = (id: string) =>
  queryOptions({
    queryKey: ["order", id],
    refetchInterval: EVERY_MS,
    queryFn: ({ signal }) => body(api.GET("/api/v1/orders/{id}", { params: { path: { id } }, signal })),
  });
