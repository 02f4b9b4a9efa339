import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api, body } from "~/api/client";
import type { ApprovalFilter } from "~/api/queries";
import { belongs, type Card, type Group } from "./entry";
import { assembled } from "./lines";
import { forget, readAnew, type SinceRead, useSince } from "./since";

/** Pages up to which the whole list is read again from time to time. */
const FEW_PAGES = 3;
const AGAIN_MS = 60_000;
/** How long the list waits for the groups, so that rows don't fold under somebody's eyes. */
const GROUPS_MS = 250;
/** Rows that fill any window; a page can bring fewer and still have a next one. */
const SHORT = 60;
const NO_GROUPS: readonly Group[] = [];

const LIST = ["inbox", "list"] as const;

/**
 * The list has a name of its own among the queries: what a live event makes old is read again as a whole, and ten
 * thousand requests are fifty pages. `since` knows what happened instead.
 */
const list = (filter: ApprovalFilter) =>
  infiniteQueryOptions({
    queryKey: [...LIST, filter],
    queryFn: ({ pageParam, signal }) => {
      const query = { ...filter, ...(pageParam === undefined ? {} : { cursor: pageParam }) };
      return body(api.GET("/api/v1/approvals", { params: { query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // Comparing ten thousand rows field by field costs more than drawing the twenty that are seen.
    structuralSharing: false,
    placeholderData: keepPreviousData,
    // While the inbox was not open nobody followed what happened.
    refetchOnMount: "always",
    refetchOnWindowFocus: (query) => (query.state.data?.pages.length ?? 0) <= FEW_PAGES,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) <= FEW_PAGES ? AGAIN_MS : false),
  });

const similar = (filter: ApprovalFilter) =>
  queryOptions({
    queryKey: ["inbox", "groups", filter],
    queryFn: ({ signal }) => body(api.GET("/api/v1/approvals/groups", { params: { query: filter }, signal })),
    placeholderData: keepPreviousData,
  });

/** What waits, as far as it has been read. */
export interface Feed {
  /** Absent until the first page is there. */
  readonly cards: readonly Card[] | undefined;
  readonly groups: readonly Group[];
  readonly since: SinceRead;
  /** Whether there is more than what was read. */
  readonly more: boolean;
  /** Whether more waits than the API looks through. */
  readonly cut: boolean;
  /** Whether what is shown answers an earlier question. */
  readonly stale: boolean;
  readonly error: unknown;
  /** When the list was last read, in milliseconds. */
  readonly readAt: number;
  /** Whether many more came than are in the list: `readAgain` brings them. */
  readonly behind: boolean;
  readMore: () => void;
  readAgain: () => void;
  /** Many came at once: a short list is read again, a long one only says so. */
  onMany: () => void;
}

/** The requests that wait, narrowed by `filter`, similar ones as groups if wanted. */
export function useFeed(filter: ApprovalFilter, grouped: boolean): Feed {
  const since = useSince();
  const pages = useInfiniteQuery(list(filter));
  const groups = useQuery({ ...similar(filter), enabled: grouped });
  const waited = useWaited(pages.data !== undefined);
  useReadAnew(pages.isRefetching);
  useLeft();
  const { data, hasNextPage, isFetching, fetchNextPage, refetch } = pages;
  const cards = useMemo(() => {
    const came = [...since.came].filter(([, { card, mine }]) => belongs(card, mine, filter));
    const beside = {
      gone: since.gone,
      came: new Map(came.map(([id, { card }]) => [id, card])),
    };
    return data && assembled(data.pages, beside, filter.sort, !hasNextPage);
  }, [data, since.gone, since.came, filter, hasNextPage]);
  const short = cards !== undefined && cards.length < SHORT && hasNextPage && !isFetching;
  useEffect(() => {
    if (short) void fetchNextPage();
  }, [short, fetchNextPage]);
  const [behind, setBehind] = useState(false);
  const readAgain = () => {
    setBehind(false);
    void refetch();
    if (grouped) void groups.refetch();
  };
  const ready = !grouped || waited || !groups.isLoading;
  return {
    cards: ready ? cards : undefined,
    groups: (grouped && groups.data?.groups) || NO_GROUPS,
    since,
    more: hasNextPage,
    cut: data?.pages.some((page) => page.cut) ?? false,
    stale: pages.isPlaceholderData,
    error: pages.error,
    readAt: pages.dataUpdatedAt,
    readMore: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
    behind,
    readAgain,
    onMany: () => {
      if ((data?.pages.length ?? 0) <= FEW_PAGES) readAgain();
      else setBehind(true);
    },
  };
}

/** Whoever leaves finds the first page again, and reads that one only. */
function useLeft(): void {
  const client = useQueryClient();
  useEffect(
    () => () => {
      forget();
      const first = <T>({ pages, pageParams }: InfiniteData<T>) => ({
        pages: pages.slice(0, 1),
        pageParams: pageParams.slice(0, 1),
      });
      client.setQueriesData<InfiniteData<unknown>>({ queryKey: LIST }, (read) => read && first(read));
    },
    [client],
  );
}

function useWaited(from: boolean): boolean {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (!from) return;
    const timer = setTimeout(() => setWaited(true), GROUPS_MS);
    return () => clearTimeout(timer);
  }, [from]);
  return waited;
}

/** Once all pages were read again, they know what happened before. */
function useReadAnew(reading: boolean): void {
  useEffect(() => {
    if (!reading) return;
    const begun = Date.now();
    return () => readAnew(begun);
  }, [reading]);
}
