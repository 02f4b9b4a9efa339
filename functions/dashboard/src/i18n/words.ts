import { use } from "react";
import { useLanguage } from ".";
import { type Locale, locale } from "./locale";

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
  const of = (language: Locale) => {
    const words = fetched.get(language) ?? load[language]().then((module) => module[name]);
    fetched.set(language, words);
    return words;
  };
  void of(locale());
  return () => use(of(useLanguage().locale));
}
