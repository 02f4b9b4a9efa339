import { createContext, type ReactNode, use, useMemo, useSyncExternalStore } from "react";
import type { Messages } from "./en";
import { type Formats, formats } from "./formats";
import { type Locale, locale, onLocale } from "./locale";

export type { Messages } from "./en";
export { chooseLocale, LOCALES, type Locale } from "./locale";

interface Language extends Formats {
  readonly locale: Locale;
  /** The words, by view. */
  readonly t: Messages;
}

const Context = createContext<Language | undefined>(undefined);
const loaded = new Map<Locale, Promise<Messages>>();
const there = new Map<Locale, Messages>();

/** The words of a language, fetched once. */
export function messages(of: Locale): Promise<Messages> {
  const known = loaded.get(of);
  if (known) return known;
  const fetched = of === "nl" ? import("./nl").then((m) => m.nl) : import("./en").then((m) => m.en);
  loaded.set(of, fetched);
  void fetched.then((words) => there.set(of, words));
  return fetched;
}

/** Gives everything below it the chosen language. It suspends until the words are there. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const chosen = useSyncExternalStore(onLocale, locale);
  const t = there.get(chosen) ?? use(messages(chosen));
  const language = useMemo(() => ({ locale: chosen, t, ...formats(chosen) }), [chosen, t]);
  return <Context value={language}>{children}</Context>;
}

/** Words, and how money, dates and numbers are written. */
export function useLanguage(): Language {
  const language = use(Context);
  if (!language) throw new Error("no LanguageProvider above");
  return language;
}
