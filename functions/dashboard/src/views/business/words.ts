import { words } from "~/i18n/words";

/** The words of orders, finance and marketing. */
export const useWords = words(
  { en: () => import("~/i18n/en/business"), nl: () => import("~/i18n/nl/business") },
  "business",
);
