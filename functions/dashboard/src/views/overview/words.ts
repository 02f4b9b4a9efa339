import { words } from "~/i18n/words";

/** The words of the overview. */
export const useWords = words(
  { en: () => import("~/i18n/en/overview"), nl: () => import("~/i18n/nl/overview") },
  "overview",
);
