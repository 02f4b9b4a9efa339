import type { ComponentProps, ReactNode } from "react";
import style from "./page.module.css";

/** The top of a view: its name, a sentence, and what can be done with all of it. */
export function PageHead({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className={style.head}>
      <div>
        <h1>{title}</h1>
        {hint && <p>{hint}</p>}
      </div>
      {children}
    </div>
  );
}

/** A part of a view, with its own heading. */
export function Panel({
  title,
  children,
  ...rest
}: { title?: ReactNode } & Omit<ComponentProps<"section">, "title">) {
  return (
    <section {...rest} className={[style.panel, rest.className].filter(Boolean).join(" ")}>
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}

/** What a list is narrowed by, in a row. */
export function Filters({ children }: { children: ReactNode }) {
  return <div className={style.filters}>{children}</div>;
}

/** A control with its label above it. */
export function Field({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
    <label className={style.field}>
      {label}
      {children}
    </label>
  );
}

/** Names and values. */
export function Facts({ of }: { of: readonly (readonly [name: ReactNode, value: ReactNode])[] }) {
  const shown = of.filter(
    ([, value]) => value !== undefined && value !== null && value !== false && value !== "",
  );
  return (
    <dl className={style.facts}>
      {shown.map(([name, value]) => (
        <div key={String(name)} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A table that scrolls by itself where it is wider than the page; the keyboard can scroll it too. */
export function Table({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard
    <section className={style.scroll} aria-label={label} tabIndex={0}>
      <table className={style.table}>{children}</table>
    </section>
  );
}
