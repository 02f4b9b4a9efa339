import type { Query, QueryClient } from "@tanstack/react-query";

const isOfAPerson = ({ queryKey }: Query) => queryKey[0] !== "config";

/** Forgets all that was read for whoever signed out, as soon as nothing shows it any more. */
export function forget(client: QueryClient): void {
  setTimeout(() => client.removeQueries({ predicate: isOfAPerson }));
}

/** Reads anew, for somebody else, what is on the screen; the rest is forgotten. */
export function readAnew(client: QueryClient): void {
  client.removeQueries({ type: "inactive", predicate: isOfAPerson });
  void client.resetQueries({ predicate: isOfAPerson });
}
