/** Which characters are text, and which would hide, turn or pile something up. All patterns match from the front on. */

/** A whole emoji as Unicode recommends it: joiners, selectors and tags in it belong there. */
const EMOJI = "\\p{RGI_Emoji}";

/** Controls but line feed and tab; format characters (bidi, zero-width, tags); private, unassigned, lone surrogates. */
const UNSEEN = "[[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]--[\\n\\t]]";
/** Fillers that show nothing, line and paragraph separators, selectors of a form outside of an emoji. */
const FILLER =
  "[\\u2028\\u2029\\u115F\\u1160\\u3164\\uFFA0\\u034F\\u17B4\\u17B5\\u2800\\u180B-\\u180D\\u180F\\uFE00-\\uFE0F\\u{E0100}-\\u{E01EF}]";
/** Marks around a character rather than on it: they can strike out what they surround. */
const AROUND = "\\p{Me}";

/** The patterns, in the order in which they are tried. */
export const TOKENS = new RegExp(
  [
    `(?<emoji>${EMOJI}(?:[ \\n]?${EMOJI})*)`,
    "(?<lines>\\r?\\n(?:[ \\t]*\\r?\\n){2,})",
    "(?<line>\\r\\n)",
    `(?<hidden>(?:${UNSEEN}|${FILLER}|${AROUND}|(?<=^|\\s)\\p{M}+)+)`,
    "(?<blank>[[\\s]--[\\n]]{9,}|[[\\s]--[ \\n\\t\\u00A0\\u202F\\u2009\\u3000]]+|[\\u00A0\\u202F\\u2009\\u3000]{2,})",
    "(?<pile>\\p{M}{5,})",
  ].join("|"),
  "gv",
);

/** One whole emoji. */
export const ONE_EMOJI = new RegExp(EMOJI, "gv");

/** Scripts whose letters are shaped by joiners between them: there a joiner is spelling. */
const JOINED = [
  "Arabic",
  "Syriac",
  "Nko",
  "Mongolian",
  "Devanagari",
  "Bengali",
  "Gurmukhi",
  "Gujarati",
  "Oriya",
  "Tamil",
  "Telugu",
  "Kannada",
  "Malayalam",
  "Sinhala",
  "Khmer",
].map((script) => `\\p{Script_Extensions=${script}}`);
const BEFORE_JOINER = new RegExp(`[${JOINED.join("")}]$`, "v");
const AFTER_JOINER = new RegExp(`^[${JOINED.join("")}]`, "v");

/** Whether the joiner between these two texts is spelling, as in Persian or Hindi. */
export function isSpelling(before: string, joiner: string, after: string): boolean {
  return /^[\u200C\u200D]$/.test(joiner) && BEFORE_JOINER.test(before) && AFTER_JOINER.test(after);
}

/** Whether the selector chooses among the forms of a Chinese character, or of a sign that has an emoji form. */
export function isForm(before: string, selector: string): boolean {
  if (/^[\u{E0100}-\u{E01EF}]$/u.test(selector)) return /\p{Script=Han}$/u.test(before);
  return /^[\uFE0E\uFE0F]$/.test(selector) && /(?![0-9#*])\p{Emoji}$/u.test(before);
}

/** What the commonest of them are, by code; the rest is told by its code alone. */
export const NAMED = {
  "U+00AD": "softHyphen",
  "U+001B": "escape",
  "U+200B": "zeroWidth",
  "U+200C": "joiner",
  "U+200D": "joiner",
  "U+2060": "joiner",
  "U+FEFF": "zeroWidth",
  "U+061C": "direction",
  "U+200E": "direction",
  "U+200F": "direction",
  "U+202A": "direction",
  "U+202B": "direction",
  "U+202C": "direction",
  "U+202D": "direction",
  "U+202E": "direction",
  "U+2066": "direction",
  "U+2067": "direction",
  "U+2068": "direction",
  "U+2069": "direction",
} as const;

/** The code of a character, as Unicode writes it. */
export function code(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
