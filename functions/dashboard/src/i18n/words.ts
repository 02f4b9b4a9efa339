import { use } from "react";
import { useLanguage } from ".";
import { locale as chosen, type Locale } from "./locale";

/** Words that were asked for. */
const asked = new Set<Promise<unknown>>();

/** Waits for all words that were asked for, so that a view is shown at once, with its words. */
export async function wordsThere(): Promise<void> {
  await Promise.allSettled(asked);
}

/**
 * A view's own words, fetched with the view and not before. Name each language's module; they have one type.
 *
 *     const useWords = words({ en: () => import("~/i18n/en/record"), nl: () => import("~/i18n/nl/record") }, "record");
 */
export function words<Name extends string, Words>(
  load: Record<Locale, () => Promise<Record<Name, Words>>>,
  name: Name,
): () => Words {
  const fetched = new Map<Locale, Promise<Words>>();
  const there = new Map<Locale, Words>();
  const of = (language: Locale) => {
    const known = fetched.get(language);
    if (known) return known;
    const words = load[language]().then((module) => {
      there.set(language, module[name]);
      return module[name];
    });
    fetched.set(language, words);
    asked.add(words);
    return words;
  };
  void of(chosen());
  return () => {
    const { locale } = useLanguage();
    return there.get(locale) ?? use(of(locale));
  };
}
