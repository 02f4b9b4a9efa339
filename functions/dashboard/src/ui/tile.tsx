import type { ReactNode } from "react";
import { useLanguage } from "~/i18n";
import style from "./tile.module.css";

/** Tiles side by side, as many as fit. */
export function Tiles({ children, narrow }: { children: ReactNode; narrow?: boolean }) {
  return <div className={`${style.tiles} ${narrow ? style.narrow : ""}`}>{children}</div>;
}

interface TileProps {
  label: ReactNode;
  /** The figure; absent where there is none, and then `hint` says why. */
  value?: ReactNode;
  /** What the figure means, or why there is none. */
  hint?: ReactNode;
  /** What asks for attention; all else is ink. */
  tone?: "good" | "bad" | "doubt" | undefined;
  children?: ReactNode;
}

/** One figure with its name. Where there is no figure it says so: never a zero that nobody counted. */
export function Tile({ label, value, hint, tone, children }: TileProps) {
  const { t } = useLanguage();
  const known = value !== undefined && value !== null;
  return (
    <div className={style.tile} data-tone={tone}>
      <h3>{label}</h3>
      <p className={known ? style.value : style.none}>{known ? value : t.common.noData}</p>
      {hint && <p className={style.hint}>{hint}</p>}
      {children}
    </div>
  );
}
