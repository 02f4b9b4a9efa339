import { type ComponentProps, type KeyboardEvent, type ReactNode, useId } from "react";
import { useLanguage } from "~/i18n";
import style from "./written.module.css";

interface WrittenProps extends Omit<ComponentProps<"textarea">, "onChange" | "value"> {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with it. */
  wrong?: string | undefined;
  value: string;
  most?: number;
  onText: (text: string) => void;
  /** Ctrl or ⌘ with Enter. */
  onSend?: () => void;
}

/** Room for some sentences, with its label, what is wrong with them, and how many characters are left near the end. */
export function Written({ label, hint, wrong, value, most = 2000, onText, onSend, ...rest }: WrittenProps) {
  const { number } = useLanguage();
  const id = useId();
  const sends = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onSend?.();
  };
  const left = most - value.length;
  return (
    <div className={style.written}>
      <label htmlFor={id}>{label}</label>
      <textarea
        rows={3}
        {...rest}
        id={id}
        value={value}
        maxLength={most}
        aria-invalid={wrong !== undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={sends}
      />
      <p id={`${id}-about`} className={wrong ? style.wrong : style.hint}>
        {wrong ?? hint}
        {left < most / 10 && ` (${number(left)})`}
      </p>
    </div>
  );
}
