/** Words that look like other words: letters of two scripts in one, or letters that only look like letters. */

/** Words that hang together by dots and hyphens; those that end like a domain are judged as one. */
const CHAINS = /[\p{L}\p{M}\p{N}]+(?:[.-]+[\p{L}\p{M}\p{N}]+)*/gu;
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
const DOMAIN = /\.\p{L}[\p{L}\p{N}-]+$/u;
/** Nothing to look at: ASCII and what Dutch, French or German add to it. */
const PLAIN = /^(?:\p{ASCII}|[\u0080-\u024F])*$/u;
/** Scripts whose letters are mistaken for one another. */
const ALIKE = ["Latin", "Cyrillic", "Greek", "Armenian", "Cherokee", "Coptic", "Lisu"] as const;
const SCRIPTS = ALIKE.map((name) => [name, new RegExp(`\\p{Script=${name}}`, "u")] as const);
/** Mathematical and enclosed letters: prose in disguise. */
const STYLED = /[\u{1D400}-\u{1D7FF}\u24B6-\u24E9\u{1F130}-\u{1F169}\u{1F170}-\u{1F189}]/u;
/** A domain name in the form that hides its letters. */
const ENCODED = /(?:^|\.)xn--/i;
/** Units that are written with a Greek letter. */
const UNIT = /^(?:[\u03BC][A-Za-z]{1,3}|[kMGm]?[\u03A9])$/;

/** Why a word may not be what it looks like: its scripts, or how it is disguised. */
export type Alike = readonly string[] | "styled" | "encoded";

/** A word that may not be what it looks like. */
export interface Suspect {
  readonly at: number;
  readonly text: string;
  readonly alike: Alike;
}

/** The words of `text` that may not be what they look like. */
export function suspects(text: string): Suspect[] {
  if (PLAIN.test(text) && !/xn--/i.test(text)) return [];
  return [...text.matchAll(CHAINS)].flatMap(({ 0: chain, index }) => {
    if (DOMAIN.test(chain)) return suspect(chain, index);
    return [...chain.matchAll(WORDS)].flatMap((word) => suspect(word[0], index + word.index));
  });
}

function suspect(text: string, at: number): Suspect[] {
  const alike = judged(text);
  return alike ? [{ at, text, alike }] : [];
}

function judged(word: string): Alike | undefined {
  if (ENCODED.test(word)) return "encoded";
  if (PLAIN.test(word)) return undefined;
  if (STYLED.test(word)) return "styled";
  const found = SCRIPTS.filter(([, script]) => script.test(word)).map(([name]) => name);
  return found.length > 1 && !UNIT.test(word) ? found : undefined;
}
