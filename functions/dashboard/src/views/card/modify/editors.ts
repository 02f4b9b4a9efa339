import { isAmount } from "~/ui/amount";
import { isDecimal, same } from "~/ui/decimal";
import { at, type FieldKind, specs } from "../specs";
import type { CardWords } from "../words";

/** A field that can be another, as a text: what a person writes counts, whatever a slider draws. */
export interface Editor {
  /** Where it stands in the payload, with places in lists as numbers: `listing.variants.0.price`. */
  readonly path: string;
  /** Its name, and which one of several it is. */
  readonly name: string;
  readonly of?: string;
  readonly kind: Exclude<FieldKind, "ref" | "variants">;
  /** As it is now in the request. */
  readonly now: string;
  /** What it would be changed from in the world, where the action says so. */
  readonly was?: string;
  readonly currency?: string;
  readonly decimals: number;
  readonly most?: number;
  readonly choices?: readonly string[];
  /** The path of the amount that grows with it. */
  readonly scales?: string;
}

/** What was written, by path; only what somebody touched. */
export type Edits = Readonly<Record<string, string>>;

/** The fields of a payload that can be another. */
export function editors(type: string, payload: unknown): Editor[] {
  return specs(type).flatMap((spec) => {
    const value = at(payload, spec.path);
    if (!spec.edit || value === undefined) return [];
    if (spec.kind === "variants") return prices(value, spec.path);
    const { path, kind, most, choices, scales } = spec;
    const was = spec.was === undefined ? undefined : written(at(payload, spec.was));
    const name = path.split(".").at(-1) ?? path;
    const more = {
      ...(was && { was }),
      ...(most && { most }),
      ...(choices && { choices }),
      ...(scales && { scales }),
    };
    return [
      { path, name, kind: kind === "ref" ? "line" : kind, now: written(value), ...money(value), ...more },
    ];
  });
}

/** The price of each variant; what it costs and how many there are was measured. */
function prices(variants: unknown, path: string): Editor[] {
  if (!Array.isArray(variants)) return [];
  return variants.flatMap((variant: unknown, place) => {
    const price = at(variant, "price");
    if (!isAmount(price)) return [];
    const of = { of: String(at(variant, "sku")) };
    return [
      {
        path: `${path}.${place}.price`,
        name: "price",
        ...of,
        kind: "money",
        now: price.amount,
        ...money(price),
      },
    ];
  });
}

function money(value: unknown): { decimals: number; currency?: string } {
  if (!isAmount(value)) return { decimals: 6 };
  const format = new Intl.NumberFormat("en", { style: "currency", currency: value.currency });
  return { currency: value.currency, decimals: format.resolvedOptions().maximumFractionDigits ?? 2 };
}

/** A value as the text in its field. */
function written(value: unknown): string {
  if (isAmount(value)) return value.amount;
  if (Array.isArray(value)) return value.join("\n");
  return String(value ?? "");
}

/** What is wrong with a text; nothing where it can be sent. */
export function fault(text: string, of: Editor, words: CardWords): string | undefined {
  if (of.kind === "money") {
    const fits = isDecimal(text) && (text.split(".")[1]?.length ?? 0) <= of.decimals && !text.startsWith("-");
    return fits ? undefined : words.notMoney(of.decimals);
  }
  if (of.kind === "count") return /^\d{1,9}$/.test(text) ? undefined : words.notWhole;
  if (of.kind === "figure") return isDecimal(text) ? undefined : words.notNumber;
  if (of.most !== undefined && [...text].length > of.most) return words.tooLong(of.most);
  return undefined;
}

/** Whether a text says something else than what is there. */
export function differs(text: string | undefined, of: Editor): text is string {
  if (text === undefined) return false;
  return of.kind === "money" || of.kind === "figure" ? !same(text, of.now) : text !== of.now;
}

/** The value that a text means. */
export function meant(text: string, of: Editor): unknown {
  if (of.kind === "money") return { amount: text, currency: of.currency };
  if (of.kind === "count") return Number(text);
  if (of.kind === "lines")
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  return text;
}
