import { type ReactNode, useId } from "react";
import style from "./card.module.css";

/** A part of a card, with its heading. */
export function Section({ title, children, tone }: { title: string; children: ReactNode; tone?: "quoted" }) {
  const heading = useId();
  return (
    <section className={`${style.section} ${tone ? style[tone] : ""}`} aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      {children}
    </section>
  );
}
