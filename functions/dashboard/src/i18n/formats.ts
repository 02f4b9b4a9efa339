import type { Locale } from "./locale";

/** An amount as the API writes it: a decimal as text, and an ISO 4217 currency. */
export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** How a language writes what is no word. */
export interface Formats {
  /** `{amount: "1234.50", currency: "EUR"}` → `€ 1.234,50`; every digit of the text, no rounding through a float. */
  money(of: Amount): string;
  number(of: number): string;
  percent(of: number): string;
  /** Date and time, to the minute. */
  moment(iso: string): string;
  /** Time of day, to the second. */
  time(iso: string): string;
  day(iso: string): string;
  /** `3 h 12 min`: how long until (or since) a moment, in the two largest units. */
  span(ms: number): string;
  /** `3 minutes ago`, `in 2 days`. */
  relative(iso: string, now: number): string;
  list(of: readonly string[]): string;
}

const REGION: Record<Locale, string> = { en: "en-GB", nl: "nl-NL" };
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** The formats of a language. */
export function formats(locale: Locale): Formats {
  const region = REGION[locale];
  const number = new Intl.NumberFormat(region, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(region, { style: "percent", maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(region, { dateStyle: "medium", timeStyle: "short" });
  const time = new Intl.DateTimeFormat(region, { timeStyle: "medium" });
  const day = new Intl.DateTimeFormat(region, { dateStyle: "medium" });
  const relative = new Intl.RelativeTimeFormat(region, { numeric: "auto" });
  const list = new Intl.ListFormat(region);
  const currencies = new Map<string, Intl.NumberFormat>();
  const currency = (code: string) => {
    const known =
      currencies.get(code) ?? new Intl.NumberFormat(region, { style: "currency", currency: code });
    currencies.set(code, known);
    return known;
  };
  return {
    money: ({ amount, currency: code }) => exact(currency(code), amount),
    number: (of) => number.format(of),
    percent: (of) => percent.format(of / 100),
    moment: (iso) => moment.format(new Date(iso)),
    time: (iso) => time.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    span: (ms) => span(region, ms),
    relative: (iso, now) => {
      const away = Date.parse(iso) - now;
      const [unit, size] = UNITS.find(([, least]) => Math.abs(away) >= least) ?? UNITS[3];
      return relative.format(Math.trunc(away / size), unit);
    },
    list: (of) => list.format(of),
  };
}

/** Newer engines format a decimal text exactly; an amount with more digits than a currency has keeps them. */
function exact(format: Intl.NumberFormat, amount: string): string {
  return format.format(amount as Intl.StringNumericLiteral);
}

function span(region: string, ms: number): string {
  const parts: string[] = [];
  let left = Math.abs(ms);
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count === 0 && parts.length > 0) break;
    if (count === 0 && unit !== "second") continue;
    left -= count * size;
    parts.push(new Intl.NumberFormat(region, { style: "unit", unit, unitDisplay: "short" }).format(count));
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}
