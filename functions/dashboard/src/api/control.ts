import { queryOptions } from "@tanstack/react-query";
import { api, tagged } from "./client";

/** What is stopped, by whom and why. */
export const control = () =>
  queryOptions({
    queryKey: ["control"],
    queryFn: ({ signal }) => tagged(api.GET("/api/v1/control", { signal })),
  });
