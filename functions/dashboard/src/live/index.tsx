import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { useLater } from "~/app/later";
import { useConfig } from "~/session/config";
import { useMe } from "~/session/me";
import { token } from "~/session/token";
import { gathering } from "./gather";
import type { Line, LineState, LiveEvent } from "./socket";

export type { LineState, LiveEvent } from "./socket";

const State = createContext<LineState>("off");
const listeners = new Set<(event: LiveEvent) => void>();

/** What an event makes old, by the beginning of its topic. */
const OLD: readonly [prefix: string, keys: readonly string[]][] = [
  ["approval:", ["approvals", "overview", "budgets", "order"]],
  ["action:", ["actions", "approvals", "overview", "budgets", "activity", "goals", "clusters", "order"]],
  ["ceo:", ["overview", "activity", "rulings"]],
  ["task:", ["overview", "tasks", "clusters"]],
  ["journey:", ["journeys", "overview"]],
  ["order:", ["orders", "order"]],
  ["agent:", ["agents", "overview", "clusters"]],
  ["policy:", ["policies", "approvals", "overview"]],
  ["control:", ["control", "overview", "agents", "approvals"]],
];
/** Holds the one live connection while somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const url = useConfig()?.live;
  const topics = useMe()?.topics;
  const [state, setState] = useState<LineState>("off");
  const later = useLater();
  useEffect(() => {
    if (!later || url === undefined || topics === undefined) return;
    const refresh = gathering(client);
    const onEvent = (event: LiveEvent) => {
      for (const [prefix, keys] of OLD) if (event.topic.startsWith(prefix)) refresh(keys);
      for (const listener of listeners) listener(event);
    };
    const onGap = () => void client.invalidateQueries();
    let line: Line | undefined;
    let over = false;
    const settings = { url, topics, token, onEvent, onGap, onState: setState };
    void import("./socket").then((socket) => {
      if (over) return;
      line = new socket.Line(settings);
      line.start();
    });
    return () => {
      over = true;
      line?.close();
    };
  }, [client, later, url, topics]);
  return <State value={state}>{children}</State>;
}

/** How the live connection is. */
export function useLine(): LineState {
  return use(State);
}

/** Calls `listener` (keep it stable) with every live event. */
export function useLiveEvent(listener: (event: LiveEvent) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listener]);
}
