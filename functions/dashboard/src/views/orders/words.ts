import { words } from "~/i18n/words";

/** The words of orders. */
export const useWords = words(
  { en: () => import("~/i18n/en/orders"), nl: () => import("~/i18n/nl/orders") },
  "orders",
);
