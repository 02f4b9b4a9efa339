import { useNavigate, useSearch } from "@tanstack/react-router";

/**
 * What a view is narrowed by, kept in the address: it survives a reload, and can be sent to a colleague.
 * Unknown or empty values are left out.
 */
export function useFilters<const Name extends string>(
  names: readonly Name[],
): [Partial<Record<Name, string>>, (name: Name, value: string) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const values: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = search[name];
    if (value !== undefined && value !== "") values[name] = String(value);
  }
  const set = (name: Name, value: string) => {
    const next = { ...values, [name]: value === "" ? undefined : value };
    void navigate({ to: ".", search: next as never, replace: true });
  };
  return [values, set];
}
