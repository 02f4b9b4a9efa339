import type { ComponentProps, ReactNode } from "react";
import style from "./stack.module.css";

/** Parts below each other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={style.stack}>{children}</div>;
}

/** Parts beside each other where there is room. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={style.columns}>{children}</div>;
}

/** Small things in a row, wrapped where they do not fit. */
export function Row({ children }: { children: ReactNode }) {
  return <div className={style.row}>{children}</div>;
}

/** Text that stands back. */
export function Quiet({ children }: { children: ReactNode }) {
  return <p className={style.quiet}>{children}</p>;
}

/** Things below each other with a line between them; give it `li`. */
export function Lines(props: ComponentProps<"ul">) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: Safari takes the role from a list without markers
    <ul role="list" {...props} className={style.list} />
  );
}
