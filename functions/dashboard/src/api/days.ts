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

const DAY_MS = 86_400_000;
const SHOWN = 30;

/** The 30 days up to the latest of these, the earliest first; a day that is not known has no figures. */
export function month(of: readonly Day[]): { date: string; day: Day | undefined }[] {
  const known = new Map(of.map((day) => [day.date, day]));
  const last = [...known.keys()].sort().at(-1);
  if (last === undefined) return [];
  return Array.from({ length: SHOWN }, (_, at) => {
    const date = new Date(Date.parse(last) - (SHOWN - 1 - at) * DAY_MS).toISOString().slice(0, 10);
    return { date, day: known.get(date) };
  });
}

/** The day that goes on, if it is among them. */
export function today(of: readonly Day[], now: number): Day | undefined {
  const date = new Date(now).toISOString().slice(0, 10);
  return of.find((day) => day.date === date);
}
