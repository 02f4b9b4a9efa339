import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body, tagged } from "./client";
import type { paths } from "./schema";

/** What a list can be asked for, without its page. */
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Q } } }
  ? Omit<NonNullable<Q>, "cursor">
  : never;
export type ApprovalFilter = Query<"/api/v1/approvals">;
export type ActionFilter = Query<"/api/v1/actions">;
export type AuditFilter = Query<"/api/v1/audit">;
export type JourneyFilter = Query<"/api/v1/journeys">;
export type ActivityFilter = Query<"/api/v1/activity">;

/** Where a list starts and how it goes on. */
const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { next?: string | null }) => page.next ?? undefined,
};

function query<F extends object>(filter: F, cursor: string | undefined) {
  return { params: { query: { ...filter, ...(cursor === undefined ? {} : { cursor }) } } };
}

/** Requests that wait for people, page by page. */
export const approvals = (filter: ApprovalFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ["approvals", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/approvals", { ...query(filter, pageParam), signal })),
    ...pages,
  });

/** Similar requests as one. */
export const groups = () =>
  queryOptions({
    queryKey: ["approvals", "groups"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/approvals/groups", { signal })),
  });

/** One request with its `ETag`. */
export const approval = (id: string) =>
  queryOptions({
    queryKey: ["approvals", "one", id],
    queryFn: ({ signal }) => tagged(api.GET("/api/v1/approvals/{id}", { params: { path: { id } }, signal })),
  });

/** Actions, page by page. */
export const actions = (filter: ActionFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ["actions", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/actions", { ...query(filter, pageParam), signal })),
    ...pages,
  });

/** One action with its whole history, and its `ETag`. */
export const action = (id: string) =>
  queryOptions({
    queryKey: ["actions", "one", id],
    queryFn: ({ signal }) => tagged(api.GET("/api/v1/actions/{id}", { params: { path: { id } }, signal })),
  });

/** The record of a day or of one thing, page by page. */
export const audit = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/audit", { ...query(filter, pageParam), signal })),
    ...pages,
  });

/** What happened on a day, page by page. */
export const activity = (filter: ActivityFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ["activity", filter],
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/activity", { ...query(filter, pageParam), signal })),
    ...pages,
  });

/** Journeys, page by page. */
export const journeys = (filter: JourneyFilter = {}) =>
  infiniteQueryOptions({
    queryKey: ["journeys", "list", filter],
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/journeys", { ...query(filter, pageParam), signal })),
    ...pages,
  });

/** What waits, what was done, how the agents do. */
export const overview = () =>
  queryOptions({
    queryKey: ["overview"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/ceo/dashboard", { signal })),
  });

/** All agents. */
export const agents = () =>
  queryOptions({
    queryKey: ["agents", "list"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/agents", { params: { query: { limit: 200 } }, signal })),
  });

/** One agent. */
export const agent = (id: string) =>
  queryOptions({
    queryKey: ["agents", "one", id],
    queryFn: ({ signal }) => body(api.GET("/api/v1/agents/{id}", { params: { path: { id } }, signal })),
  });

/** Tasks that are open, and the latest that ended. */
export const tasks = () =>
  queryOptions({
    queryKey: ["tasks"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/orchestrator/tasks", { params: { query: { limit: 200 } }, signal })),
  });

/** What the CEO function ruled today, page by page. */
export const rulings = () =>
  infiniteQueryOptions({
    queryKey: ["rulings"],
    queryFn: ({ pageParam, signal }) =>
      body(api.GET("/api/v1/ceo/decisions", { ...query({ limit: 50 }, pageParam), signal })),
    ...pages,
  });

/** How a cluster stands. */
export const clusterStatus = (cluster: string) =>
  queryOptions({
    queryKey: ["clusters", "status", cluster],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/clusters/{cluster}/status", { params: { path: { cluster } }, signal })),
  });

/** What a cluster did today. */
export const clusterMetrics = (cluster: string) =>
  queryOptions({
    queryKey: ["clusters", "metrics", cluster],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/clusters/{cluster}/metrics", { params: { path: { cluster } }, signal })),
  });

/** Limit, use and room of every budget. */
export const budgets = () =>
  queryOptions({
    queryKey: ["budgets"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/budgets", { params: { query: { limit: 200 } }, signal })),
  });

/** Goals in force. */
export const goals = () =>
  queryOptions({
    queryKey: ["goals"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/ceo/goals", { signal })),
  });

/** The policy in force. */
export const policies = () =>
  queryOptions({
    queryKey: ["policies"],
    queryFn: ({ signal }) => tagged(api.GET("/api/v1/policies", { signal })),
  });

/** Who stands in for whom. */
export const delegations = () =>
  queryOptions({
    queryKey: ["delegations"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/delegations", { signal })),
  });

/** Policies that were in force, page by page, and the one that is. */
export const revisions = () =>
  infiniteQueryOptions({
    queryKey: ["policies", "revisions"],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/policies/revisions", {
          ...query({ status: "PUBLISHED" as const }, pageParam),
          signal,
        }),
      ),
    ...pages,
  });
