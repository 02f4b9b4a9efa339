/** A piece of a text: something to read, or the code of a character that nobody would see. */
export interface Piece {
  readonly at: number;
  readonly text: string;
  readonly hidden?: string;
}

/** Controls but line feed and tab; format characters (bidi, zero-width, tags); private, unassigned, lone surrogates. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u;
/** Spaces that are no space, fillers that show nothing. */
const BLANK = /[^\S \n\t]|\u115F|\u1160|\u3164|\uFFA0|\u034F|\u17B4|\u17B5|\u2800/u;
const HIDDEN = new RegExp(`${UNSEEN.source}|${BLANK.source}`, "gu");

/** The text in pieces, in order. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > from) found.push({ at: from, text: text.slice(from, match.index) });
    found.push({ at: match.index, text: match[0], hidden: code(match[0]) });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ at: from, text: text.slice(from) });
  return found;
}

function code(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The first `most` characters, never half of a pair. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
