import type { Amount } from "~/i18n/formats";

/** Sums of amounts, one for each currency: decimals as text, added digit by digit and never as floats. */
export function sums(amounts: readonly (Amount | null | undefined)[]): Amount[] {
  const byCurrency = new Map<string, Decimal>();
  for (const one of amounts) {
    if (!one) continue;
    const read = decimal(one.amount);
    const before = byCurrency.get(one.currency);
    if (read) byCurrency.set(one.currency, before ? plus(before, read) : read);
  }
  return [...byCurrency].map(([currency, sum]) => ({ currency, amount: written(sum) }));
}

/** `units` of the size `10^-places`. */
interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

function decimal(text: string): Decimal | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  const [whole = "0", part = ""] = text.split(".");
  return { units: BigInt(whole + part), places: part.length };
}

function plus(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  const scaled = (of: Decimal) => of.units * 10n ** BigInt(places - of.places);
  return { units: scaled(a) + scaled(b), places };
}

function written({ units, places }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = units < 0n ? "-" : "";
  return places === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-places)}`;
}
