import { words } from "~/i18n/words";

/** The words of the inbox. */
export const useWords = words(
  { en: () => import("~/i18n/en/inbox"), nl: () => import("~/i18n/nl/inbox") },
  "inbox",
);
