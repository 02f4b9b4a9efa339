import { words } from "~/i18n/words";

/** The words of actions and of the record. */
export const useWords = words(
  { en: () => import("~/i18n/en/record"), nl: () => import("~/i18n/nl/record") },
  "record",
);
