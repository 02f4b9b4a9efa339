import { words } from "~/i18n/words";

/** The words of control. */
export const useWords = words(
  { en: () => import("~/i18n/en/control"), nl: () => import("~/i18n/nl/control") },
  "control",
);
