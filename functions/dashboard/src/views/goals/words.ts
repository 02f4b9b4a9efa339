import { words } from "~/i18n/words";

/** The words of goals. */
export const useWords = words(
  { en: () => import("~/i18n/en/goals"), nl: () => import("~/i18n/nl/goals") },
  "goals",
);
