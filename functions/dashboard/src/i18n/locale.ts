/** The languages of the page. */
export const LOCALES = ["en", "nl"] as const;
export type Locale = (typeof LOCALES)[number];

const KEY = "royal.locale";
const listeners = new Set<() => void>();

/** The language in use: what was chosen, else what the browser asks for, else English. */
export function locale(): Locale {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages];
  for (const tag of wanted) {
    const found = LOCALES.find((known) => tag?.toLowerCase().startsWith(known));
    if (found) return found;
  }
  return "en";
}

/** Chooses a language, and keeps the choice. */
export function chooseLocale(chosen: Locale): void {
  localStorage.setItem(KEY, chosen);
  document.documentElement.lang = chosen;
  for (const listener of listeners) listener();
}

/** Calls `listener` when another language is chosen. */
export function onLocale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
