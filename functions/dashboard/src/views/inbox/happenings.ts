import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect } from "react";
import { approval } from "~/api/queries";
import { type LiveEvent, useLiveEvent } from "~/live";
import { cardOf, type Detail } from "./entry";
import { came, LINGER_MS, mark, sweep, went } from "./since";

/** Events that come together are looked at together: soon where nothing was for a while, and then less often. */
const SOON_MS = 100;
const GATHER_MS = 1_000;
/** New requests that are read one by one; of more at once the list says that they are there. */
const FEW = 8;

/** What is in sight, and where somebody is. */
export interface Sight {
  readonly ids: ReadonlySet<string>;
  readonly active: string | undefined;
}

/** Follows what happens to requests: new ones come in, decided ones go, those in sight with a word about by whom. */
export function useHappenings(sight: RefObject<Sight>, onMany: () => void): void {
  const client = useQueryClient();
  const onEvent = useCallback(
    (event: LiveEvent) => {
      const id = event.data.action;
      if (event.topic === "control:changed") gather(client, sight, onMany, undefined);
      if (typeof id !== "string") return;
      if (event.topic.startsWith("approval:")) gather(client, sight, onMany, { id, event });
    },
    [client, sight, onMany],
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
let gathered = 0;

function gather(
  client: QueryClient,
  sight: RefObject<Sight>,
  onMany: () => void,
  what: { id: string; event: LiveEvent } | undefined,
): void {
  if (!what) everything = true;
  else if (what.event.topic === "approval:required") arrived.add(what.id);
  else settled.set(what.id, String(what.event.data.status));
  if (gathering !== undefined) return;
  const wait = Date.now() - gathered > GATHER_MS ? SOON_MS : GATHER_MS;
  gathering = setTimeout(() => {
    gathering = undefined;
    gathered = Date.now();
    settle(client, sight.current);
    arrive(client, onMany);
  }, wait);
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

function arrive(client: QueryClient, onMany: () => void): void {
  const ids = [...arrived];
  arrived.clear();
  if (everything || ids.length > FEW) onMany();
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
