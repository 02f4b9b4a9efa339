import { useEffect, useRef, useSyncExternalStore } from "react";
import style from "./keys.module.css";
import { type Command, drop, keysOn, onCommands, put, type Scope } from "./registry";

export type { Command, Scope } from "./registry";

/** Gives the page these commands for as long as the component is there. */
export function useCommands(scope: Scope, commands: readonly Command[]): void {
  const token = useRef<symbol>(undefined);
  useEffect(() => {
    token.current ??= Symbol(scope);
    put(token.current, { scope, commands });
  });
  useEffect(
    () => () => {
      if (token.current) drop(token.current);
    },
    [],
  );
}

/** Whether single keys do something. */
export function useKeysOn(): boolean {
  return useSyncExternalStore(onCommands, keysOn);
}

/** The key of a button, on it: only for the eye, where there is a keyboard and keys are on. */
export function Key({ of }: { of: string }) {
  return useKeysOn() ? (
    <span aria-hidden="true">
      <kbd className={style.key}>{of}</kbd>
    </span>
  ) : null;
}
