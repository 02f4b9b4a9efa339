import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect } from "react";
import { approval } from "~/api/queries";
import { type LiveEvent, useLiveEvent } from "~/live";
import { cardOf, type Detail } from "./entry";
import { came, LINGER_MS, mark, sweep, went } from "./since";

/** Events that come together are looked at together. */
const GATHER_MS = 200;
/** New requests that are read one by one; more of them at once are a list to be read again. */
const FEW = 25;

/** What is in sight, and where somebody is. */
export interface Sight {
  readonly ids: ReadonlySet<string>;
  readonly active: string | undefined;
}

/** Follows what happens to requests: new ones come in, decided ones go, those in sight with a word about by whom. */
export function useHappenings(sight: RefObject<Sight>, readAgain: () => void): void {
  const client = useQueryClient();
  const onEvent = useCallback(
    (event: LiveEvent) => {
      const id = event.data.action;
      if (event.topic === "control:changed") gather(client, sight, readAgain, undefined);
      if (typeof id !== "string") return;
      if (event.topic.startsWith("approval:")) gather(client, sight, readAgain, { id, event });
    },
    [client, sight, readAgain],
  );
  useLiveEvent(onEvent);
  useEffect(() => {
    const beat = setInterval(() => sweep(sight.current.active, Date.now()), LINGER_MS / 4);
    return () => clearInterval(beat);
  }, [sight]);
}

const arrived = new Set<string>();
const settled = new Map<string, string>();
let everything = false;
let gathering: ReturnType<typeof setTimeout> | undefined;

function gather(
  client: QueryClient,
  sight: RefObject<Sight>,
  readAgain: () => void,
  what: { id: string; event: LiveEvent } | undefined,
): void {
  if (!what) everything = true;
  else if (what.event.topic === "approval:required") arrived.add(what.id);
  else settled.set(what.id, String(what.event.data.status));
  if (gathering !== undefined) return;
  gathering = setTimeout(() => {
    gathering = undefined;
    settle(client, sight.current);
    arrive(client, readAgain);
  }, GATHER_MS);
}

function settle(client: QueryClient, { ids, active }: Sight): void {
  const now = Date.now();
  const unseen: string[] = [];
  for (const [id, status] of settled) {
    if (!ids.has(id) && id !== active) unseen.push(id);
    else {
      mark(id, { status, by: [], at: now });
      void look(client, id);
    }
  }
  settled.clear();
  if (unseen.length > 0) went(unseen, now);
}

function arrive(client: QueryClient, readAgain: () => void): void {
  const ids = [...arrived];
  arrived.clear();
  if (everything || ids.length > FEW) readAgain();
  else for (const id of ids) void look(client, id);
  everything = false;
}

/** Reads a request again, and shows it as it is now: waiting, or decided by whom. */
export async function look(client: QueryClient, id: string): Promise<Detail | undefined> {
  const read = await client.fetchQuery({ ...approval(id), staleTime: 0 }).catch(() => undefined);
  if (!read) return undefined;
  const detail = read.value;
  const card = cardOf(detail);
  const now = Date.now();
  if (card) came([{ card, mine: detail.you.mayDecide }], now);
  else mark(id, { status: detail.status, by: deciders(detail), at: now });
  return detail;
}

function deciders({ status, approval: request }: Detail): string[] {
  const refused = status === "REJECTED";
  return (request?.votes ?? []).filter(({ agrees }) => agrees !== refused).map(({ person }) => person);
}
