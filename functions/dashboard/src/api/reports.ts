import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "./client";

/** What the books say, as a table. */
export type Report = Schema<"Report">;
export type ReportRow = Schema<"ReportRow">;
/** How long a period of a report is. */
export type Period = "hour" | "day" | "week" | "month";

const EVERY_MS = 60_000;

/** A report on money: `pnl`, `balance`, `cashflow`, `vat`, `products`, `campaigns`, `expenses`. */
export const report = (kind: string, period: Period = "day") =>
  queryOptions({
    queryKey: ["reports", kind, period],
    staleTime: EVERY_MS,
    refetchInterval: EVERY_MS,
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/reports/{kind}", { params: { path: { kind }, query: { period } }, signal })),
  });
