import { Link } from "@tanstack/react-router";
import { useWords } from "../words";

/** Leads to the whole life of another action. Its id is ours; nothing else of it gets into the address. */
export function ToAction({ id }: { id: string }) {
  const words = useWords();
  return (
    <Link to="/actions/$id" params={{ id }} aria-label={`${words.openAction} ${id.slice(-6)}`}>
      {words.openAction}
    </Link>
  );
}

/** Leads to another request. */
export function ToRequest({ id }: { id: string }) {
  const words = useWords();
  return (
    <Link to="/inbox/$id" params={{ id }}>
      {words.open}
    </Link>
  );
}
