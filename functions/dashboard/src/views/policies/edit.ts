import type { Schema } from "~/api/client";

/** A number as it was edited, by its path. */
export type Edit = Readonly<Record<string, number>>;

/** The file that finance edits. */
export const FILE = "royal/thresholds.rego";

/**
 * The text of the file with the edited numbers in it: the digits of their lines, and nothing else. `undefined`
 * where a line does not read as the policy says, because the file is another one by now.
 */
export function edited(
  text: string,
  thresholds: readonly Schema<"Threshold">[],
  edit: Edit,
): string | undefined {
  const lines = text.split("\n");
  for (const { path, line, value } of thresholds) {
    const next = edit[path];
    if (next === undefined) continue;
    const written = replaced(lines[line - 1] ?? "", path, value, next);
    if (written === undefined) return undefined;
    lines[line - 1] = written;
  }
  return lines.join("\n");
}

/** The line with the number of the path's last name replaced: `"name": 10` or `name := 10`. */
function replaced(line: string, path: string, value: number, next: number): string | undefined {
  const name = (path.split(".").at(-1) ?? "").replaceAll(/[^\w]/g, "\\$&");
  const found = new RegExp(`^(.*?(?:"${name}"\\s*:|\\b${name}\\s*:=)\\s*)(-?\\d+)(?!\\d)`).exec(line);
  if (!found?.[1] || Number(found[2]) !== value) return undefined;
  return `${found[1]}${next}${line.slice(found[0].length)}`;
}

/** What somebody typed as a number of this unit; money is typed in euros and kept in cents. */
export function typed(text: string, unit: string | null | undefined): number | undefined {
  const plain = text.trim();
  if (unit !== "cents") return /^\d{1,12}$/.test(plain) ? Number(plain) : undefined;
  const found = /^(\d{1,10})(?:[.,](\d{2}))?$/.exec(plain);
  return found ? Number(found[1]) * 100 + Number(found[2] ?? 0) : undefined;
}

/** A number as somebody would type it. */
export function written(value: number, unit: string | null | undefined): string {
  if (unit !== "cents") return String(value);
  const cents = String(value % 100).padStart(2, "0");
  return `${Math.trunc(value / 100)}.${cents}`;
}
