/** Decimals as text: what is compared and shown of money never goes through a float. */
const DECIMAL = /^-?\d{1,15}(\.\d{1,9})?$/;
const SCALE = 9;

/** Whether the text is a decimal. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** The text in billionths; nothing where it is no decimal. */
function units(text: string): bigint | undefined {
  if (!isDecimal(text)) return undefined;
  const [whole = "", part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(SCALE, "0"));
}

function text(of: bigint): string {
  const digits = (of < 0n ? -of : of).toString().padStart(SCALE + 1, "0");
  const part = digits.slice(-SCALE).replace(/0+$/, "");
  return `${of < 0n ? "-" : ""}${digits.slice(0, -SCALE)}${part && `.${part}`}`;
}

/** `a - b`, exactly; nothing where one of them is no decimal. */
export function minus(a: string, b: string): string | undefined {
  const [left, right] = [units(a), units(b)];
  return left === undefined || right === undefined ? undefined : text(left - right);
}

/** How much `part` is of `whole`, in percent to a hundredth; nothing where that cannot be said. */
export function percentOf(part: string, whole: string): number | undefined {
  const [above, below] = [units(part), units(whole)];
  if (above === undefined || below === undefined || below === 0n) return undefined;
  return Number((above * 10_000n) / (below < 0n ? -below : below)) / 100;
}

/** The change from `from` to `to`, in percent of `from`. */
export function changePercent(from: string, to: string): number | undefined {
  const change = minus(to, from);
  return change === undefined ? undefined : percentOf(change, from);
}

/** Whether both say the same number, however it is written. */
export function same(a: string, b: string): boolean {
  const [left, right] = [units(a), units(b)];
  return left === undefined || right === undefined ? a === b : left === right;
}

/** Cents as a decimal text. */
export function cents(of: number): string {
  return text(BigInt(Math.trunc(of)) * 10_000_000n);
}

/** `of × by / per`, rounded half up to so many decimals; nothing where it cannot be said. */
export function scaled(of: string, by: string, per: string, decimals: number): string | undefined {
  const [amount, factor, divisor] = [units(of), units(by), units(per)];
  if (amount === undefined || factor === undefined || !divisor) return undefined;
  const unit = 10n ** BigInt(SCALE - decimals);
  const exact = (amount * factor) / divisor;
  const half = exact < 0n ? -unit / 2n : unit / 2n;
  return fixed(text(((exact + half) / unit) * unit), decimals);
}

/** A decimal with exactly so many decimals, where it has no more of them. */
export function fixed(of: string, decimals: number): string {
  const [whole = "0", part = ""] = of.split(".");
  return decimals === 0 && part === "" ? whole : `${whole}.${part.padEnd(decimals, "0")}`;
}
