import { words } from "~/i18n/words";

/** The words of what is asked for in the inbox, once the rows are there. */
export const useMore = words(
  { en: () => import("~/i18n/en/inbox-more"), nl: () => import("~/i18n/nl/inbox-more") },
  "inboxMore",
);
