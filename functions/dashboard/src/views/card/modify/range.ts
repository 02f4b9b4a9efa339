import type { Editor } from "./editors";

/** What a slider spans. Floats: it only draws, and each step is written as a text of the right decimals. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const STEPS = 200;

/** From nothing to twice what is there, in round steps; nothing where there is no number to start from. */
export function range({ kind, now, was, decimals }: Editor): Range | undefined {
  if (kind !== "money" && kind !== "count" && kind !== "figure") return undefined;
  const largest = Math.max(Math.abs(Number(now)), Math.abs(Number(was ?? 0)));
  if (!Number.isFinite(largest) || largest <= 0) return undefined;
  const finest = kind === "count" ? 1 : 10 ** -Math.min(decimals, 2);
  const step = Math.max(finest, round((largest * 2) / STEPS));
  return { least: 0, most: Math.ceil((largest * 2) / step) * step, step };
}

/** The next of 1, 2, 5, 10, 20 … */
function round(of: number): number {
  const power = 10 ** Math.floor(Math.log10(of));
  return ([1, 2, 5, 10].find((factor) => factor * power >= of) ?? 10) * power;
}

/** A value of a slider as the text that counts. */
export function text(value: number, { kind, decimals }: Editor): string {
  if (kind === "count") return String(Math.round(value));
  if (kind === "money") return value.toFixed(decimals);
  return String(Number(value.toFixed(2)));
}
