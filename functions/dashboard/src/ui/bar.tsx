import style from "./bar.module.css";

/** A part of a bar, in percent of its whole. */
export interface Part {
  readonly kind: "used" | "reserved" | "good" | "people" | "bad";
  readonly percent: number;
}

/** Parts of a whole, to be seen at a glance. What it shows stands beside it or in `means`, in words. */
export function Bar({ parts, means }: { parts: readonly Part[]; means: string }) {
  return (
    <div className={style.bar} role="img" aria-label={means} title={means}>
      {parts
        .filter(({ percent }) => percent > 0)
        .map(({ kind, percent }) => (
          <span key={kind} className={style[kind]} style={{ width: `${Math.min(percent, 100)}%` }} />
        ))}
    </div>
  );
}
