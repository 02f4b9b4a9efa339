import { words } from "~/i18n/words";

export type { CardWords } from "~/i18n/en/card";

/** The words of a card. */
export const useWords = words(
  { en: () => import("~/i18n/en/card"), nl: () => import("~/i18n/nl/card") },
  "card",
);
