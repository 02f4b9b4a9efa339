import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "./client";

/** One day in figures. */
export type Day = Schema<"Day">;

/** Today grows with every decision; it is counted anew once a minute, not with every event. */
const EVERY_MS = 60_000;

/** The last 30 days in figures, the latest first. */
export const days = () =>
  queryOptions({
    queryKey: ["days"],
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/reports/days", { params: { query: { days: 30 } }, signal })),
  });

/** The day that goes on, if it is among them. */
export function today(of: readonly Day[], now: number): Day | undefined {
  const date = new Date(now).toISOString().slice(0, 10);
  return of.find((day) => day.date === date);
}
