import { words } from "~/i18n/words";

/** The words of products. */
export const useWords = words(
  { en: () => import("~/i18n/en/products"), nl: () => import("~/i18n/nl/products") },
  "products",
);
