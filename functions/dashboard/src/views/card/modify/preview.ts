import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, body } from "~/api/client";
import { ApiError } from "~/api/problem";

/** While a slider moves policy is asked this often at most. */
const WAIT_MS = 150;

/** What is known of a preview. */
export type Previewed = ReturnType<typeof usePreview>;

/** What policy would say of the changes; the answer before stays until the next one is there. */
export function usePreview(id: string, digest: string, changes: object | undefined) {
  const settled = useSettled(changes === undefined ? undefined : JSON.stringify(changes));
  const query = useQuery({
    queryKey: ["preview", id, digest, settled],
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    gcTime: 30_000,
    networkMode: "always",
    // Reading the signal lets a question end that nobody waits for any more.
    queryFn: ({ signal }) =>
      body(
        api.POST("/api/v1/approvals/{id}/modify/preview", {
          params: { path: { id } },
          body: { digest, changes: JSON.parse(settled ?? "{}") },
          signal,
        }),
      ),
  });
  return {
    /** Whether there is anything to ask about. */
    asked: changes !== undefined,
    preview: settled === undefined ? undefined : query.data,
    error: settled === undefined || query.error === null ? null : ApiError.from(query.error),
    isFetching: query.isFetching,
    again: () => void query.refetch(),
  };
}

function useSettled(value: string | undefined): string | undefined {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
