import { words } from "~/i18n/words";

/** The words of the policy view. */
export const useWords = words(
  { en: () => import("~/i18n/en/policies"), nl: () => import("~/i18n/nl/policies") },
  "policies",
);
