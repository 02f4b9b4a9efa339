import { words } from "~/i18n/words";

/** The words of signing in and out. */
export const useWords = words(
  { en: () => import("~/i18n/en/session"), nl: () => import("~/i18n/nl/session") },
  "session",
);
