import type { QueryClient } from "@tanstack/react-query";

/** Many events at once are read once. */
const GATHER_MS = 250;

/**
 * Reads anew what events made old. What is being read already is read again once it is there: however often events come,
 * none keeps an answer away.
 */
export function gathering(client: QueryClient): (keys: readonly string[]) => void {
  const old = new Set<string>();
  const gather = (keys: readonly string[]) => {
    if (old.size === 0) setTimeout(read, GATHER_MS);
    for (const key of keys) old.add(key);
  };
  const read = () => {
    const gathered = [...old];
    old.clear();
    const busy = gathered.filter((key) => client.isFetching({ queryKey: [key] }) > 0);
    if (busy.length > 0) gather(busy);
    for (const key of gathered) if (!busy.includes(key)) void client.invalidateQueries({ queryKey: [key] });
  };
  return gather;
}
