import { useLanguage } from "~/i18n";
import { wordFor } from "~/ui/word";

/** Roles in words, as a list: give it to `Inert`, a role that is not known is a text from outside. */
export function useRoles(): (roles: readonly string[]) => string {
  const { t, list } = useLanguage();
  return (roles) => list(roles.map((role) => wordFor(role, t.common.role)));
}
