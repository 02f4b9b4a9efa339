import type { ReactNode } from "react";
import { ApiError } from "~/api/problem";
import { useLanguage } from "~/i18n";
import { usePhase } from "~/session/use-token";
import { Button } from "./button";
import { Inert } from "./inert";
import style from "./notice.module.css";

interface ProblemProps {
  error: unknown;
  /** Tries it again, where that is safe. */
  retry?: (() => void) | undefined;
  children?: ReactNode;
}

/** What went wrong, what to do, and the server's own words for it. */
export function Problem({ error, retry, children }: ProblemProps) {
  const { t } = useLanguage();
  const failure = ApiError.from(error);
  const { kind, problem, retryAfter } = failure;
  const phase = usePhase();
  // Whoever has signed in again can go on: what could not be read is read anew, what was not sent can be sent.
  if (kind === "session" && phase !== "ended") return null;
  return (
    <div className={`${style.notice} ${style.problem}`} role="alert">
      <h2>{t.problems.title[kind]}</h2>
      {problem && (
        <p>
          <Inert text={problem.detail} />
        </p>
      )}
      {problem?.errors?.map((field) => (
        <p key={`${field.field}${field.reason}`}>
          <code>{field.field}</code> <Inert text={field.reason} />
        </p>
      ))}
      <p>
        {t.problems.todo[kind]} {retryAfter !== undefined && t.problems.wait(retryAfter)}
      </p>
      {children}
      {retry && <Button onClick={retry}>{t.common.retry}</Button>}
    </div>
  );
}

/** Nothing is here, why, and what would bring something. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={style.empty}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

const BONES = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** What is being fetched, in its rough shape. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useLanguage();
  return (
    <div className={style.bones} role="status">
      <span className="hidden-visually">{t.common.loading}</span>
      {BONES.slice(0, rows).map((bone) => (
        <div key={bone} className={style.bone} />
      ))}
    </div>
  );
}
