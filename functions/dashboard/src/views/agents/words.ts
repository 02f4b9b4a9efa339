import { words } from "~/i18n/words";

/** The words of agents. */
export const useWords = words(
  { en: () => import("~/i18n/en/agents"), nl: () => import("~/i18n/nl/agents") },
  "agents",
);
