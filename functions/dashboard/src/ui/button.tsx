import type { ComponentProps } from "react";
import style from "./button.module.css";

/** `primary`: the one thing to do here; `danger`: what stops or refuses; `quiet`: beside other things. */
export type ButtonKind = "plain" | "primary" | "danger" | "quiet";

interface ButtonProps extends ComponentProps<"button"> {
  kind?: ButtonKind | undefined;
  /** Square, for a single character or picture; give it an `aria-label`. */
  icon?: boolean;
  /** Something is under way: it can't be pressed twice, and says so. */
  busy?: boolean;
}

/** A button. `type` is `button` unless said otherwise, so that it sends no form by accident. */
export function Button({ kind = "plain", icon, busy, className, disabled, ...rest }: ButtonProps) {
  const classes = [style.button, style[kind], icon && style.icon, className].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    />
  );
}

/** The class of a button, for a link that looks like one. */
export function buttonClass(kind: ButtonKind = "plain"): string {
  return [style.button, style[kind]].filter(Boolean).join(" ");
}
