import { useInfiniteQuery } from "@tanstack/react-query";
import { approvals } from "~/api/queries";

/** The request to lift this stop that waits for people already, whoever asked; its id. */
export function useAsked(scope: string): string | undefined {
  const found = useInfiniteQuery(approvals({ type: "control.resume", limit: 200 }));
  const waiting = found.data?.pages.flatMap((page) => page.items);
  return waiting?.find((request) => request.target === `control:${scope}`)?.id;
}
