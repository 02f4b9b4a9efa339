import { useLanguage } from "~/i18n";

/** Roles in words, as a list. */
export function useRoles(): (roles: readonly string[]) => string {
  const { t, list } = useLanguage();
  const names: Record<string, string> = t.common.role;
  return (roles) => list(roles.map((role) => (Object.hasOwn(names, role) ? (names[role] ?? role) : role)));
}
