import style from "./session.module.css";
import { useWords } from "./words";

/** Why signing in did not work, and what to do; without an error, an answer to a question that was not asked here. */
export function Failed({ error }: { error: unknown }) {
  const w = useWords();
  const refused = error instanceof Error && error.message === "refused";
  const kind = error === undefined ? "lost" : refused ? "refused" : "broken";
  return (
    <div className={style.failed} role="alert">
      <h1>{w.failed[kind]}</h1>
      <p>{w.failedHint[kind]}</p>
    </div>
  );
}
