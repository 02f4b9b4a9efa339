import style from "./session.module.css";
import { useWords } from "./words";

/** Why signing in did not work, and what to do. */
export function Failed({ error }: { error: unknown }) {
  const w = useWords();
  const kind = error instanceof Error && error.message === "refused" ? "refused" : "broken";
  return (
    <div className={style.failed} role="alert">
      <h2>{w.failed[kind]}</h2>
      <p>{w.failedHint[kind]}</p>
    </div>
  );
}
