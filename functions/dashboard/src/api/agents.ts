import type { Schema } from "./client";

export type Agent = Schema<"Agent">;
/** How an agent is: what it last did, unless a stop covers it. */
export type Health = "healthy" | "failing" | "paused" | "idle";

/** The same that the API counts by cluster: a stop first, then the last run. */
export function health(agent: Agent): Health {
  if (agent.status === "PAUSED") return "paused";
  if (!agent.lastOutcome) return "idle";
  return agent.lastOutcome === "failed" ? "failing" : "healthy";
}

/** How many of these agents are how. */
export function healths(agents: readonly Agent[]): Record<Health, number> {
  const counts = { healthy: 0, failing: 0, paused: 0, idle: 0 };
  for (const agent of agents) counts[health(agent)] += 1;
  return counts;
}

/** Runs that ended well, of all that ended, in percent; nothing before the first. */
export function success(agents: readonly Agent[]): number | undefined {
  const well = agents.reduce((sum, agent) => sum + agent.succeeded, 0);
  const badly = agents.reduce((sum, agent) => sum + agent.failed, 0);
  return well + badly === 0 ? undefined : (well * 100) / (well + badly);
}

/** Things by a name of theirs, in the order in which the names first come. */
export function by<T>(things: readonly T[], name: (of: T) => string): [name: string, things: T[]][] {
  const found = new Map<string, T[]>();
  for (const thing of things) {
    const key = name(thing);
    found.set(key, [...(found.get(key) ?? []), thing]);
  }
  return [...found];
}
