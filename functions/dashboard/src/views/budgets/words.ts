import { words } from "~/i18n/words";

/** The words of budgets. */
export const useWords = words(
  { en: () => import("~/i18n/en/budgets"), nl: () => import("~/i18n/nl/budgets") },
  "budgets",
);
