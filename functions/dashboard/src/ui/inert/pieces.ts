import { type Alike, suspects } from "./alike";
import { code, isForm, isSpelling, ONE_EMOJI, TOKENS } from "./characters";

/** What is said in the place of something, or about it. */
export type Mark =
  | { readonly kind: "hidden"; readonly code: string; readonly count: number }
  | { readonly kind: "lines" | "blank" | "emoji" | "pile"; readonly count: number }
  | { readonly kind: "alike"; readonly alike: Alike };

/** A piece of a text: something to read, or what is marked in it. `text` is what stood there. */
export interface Piece {
  readonly at: number;
  readonly text: string;
  readonly mark?: Mark;
}

/** Emoji in a row that are shown. */
const MOST_EMOJI = 6;
/** Marks on one letter that are shown: more than any language sets. */
const MOST_ON_LETTER = 4;
/** Different hidden characters in a row that are shown one by one. */
const MOST_HIDDEN = 3;
/** Marks after which the rest is shown on demand only: what is drawn is bounded, whatever the text. */
export const MOST_MARKS = 24;

/** The text in pieces, in order, and where they end: at its end, or earlier where there is too much to mark. */
export function pieces(text: string, most = MOST_MARKS): { readonly pieces: Piece[]; readonly end: number } {
  const found: Piece[] = [];
  let marks = 0;
  for (const piece of each(text)) {
    found.push(piece);
    marks += piece.mark ? 1 : 0;
    if (marks >= most) return { pieces: found, end: piece.at + piece.text.length };
  }
  return { pieces: found, end: text.length };
}

function* each(text: string): Generator<Piece> {
  let from = 0;
  for (const match of text.matchAll(TOKENS)) {
    const next = marked(match, text);
    if (next === undefined) continue;
    yield* words(text.slice(from, match.index), from);
    yield* next;
    from = match.index + match[0].length;
  }
  yield* words(text.slice(from), from);
}

/** What a match is shown as; nothing where it is text like any other. */
function marked(match: RegExpExecArray, text: string): Piece[] | undefined {
  const { index: at, 0: all, groups = {} } = match;
  if (groups.emoji !== undefined) return flood(at, all);
  if (groups.hidden !== undefined) return hidden(at, all, text);
  if (groups.pile !== undefined) return pile(at, all);
  if (groups.line !== undefined) return undefined;
  const lines = groups.lines === undefined ? undefined : all.split("\n").length - 1;
  const mark =
    lines === undefined
      ? ({ kind: "blank", count: all.length } as const)
      : ({ kind: "lines", count: lines } as const);
  return [{ at, text: all, mark }];
}

function flood(at: number, all: string): Piece[] | undefined {
  const emoji = [...all.matchAll(ONE_EMOJI)];
  const first = emoji[MOST_EMOJI];
  if (first === undefined) return undefined;
  const rest = { at: at + first.index, text: all.slice(first.index) };
  const mark = { kind: "emoji", count: emoji.length - MOST_EMOJI } as const;
  return [
    { at, text: all.slice(0, first.index) },
    { ...rest, mark },
  ];
}

function hidden(at: number, all: string, text: string): Piece[] | undefined {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at + all.length, at + all.length + 2);
  if (isSpelling(before, all, after) || isForm(before, all)) return undefined;
  const runs = [...all.matchAll(/(.)\1*/gsu)];
  if (runs.length > MOST_HIDDEN) {
    const mark = { kind: "hidden", code: "…", count: [...all].length } as const;
    return [{ at, text: all, mark }];
  }
  return runs.map(({ 0: run, 1: one = "", index }) => {
    const mark = { kind: "hidden", code: code(one), count: run.length / one.length } as const;
    return { at: at + index, text: run, mark };
  });
}

function pile(at: number, all: string): Piece[] {
  const on = [...all];
  const shown = on.slice(0, MOST_ON_LETTER).join("");
  const rest = { at: at + shown.length, text: all.slice(shown.length) };
  return [
    { at, text: shown },
    { ...rest, mark: { kind: "pile", count: on.length - MOST_ON_LETTER } },
  ];
}

/** Text that can be read, with the words in it marked that may not be what they look like. */
function* words(text: string, at: number): Generator<Piece> {
  let from = 0;
  for (const suspect of suspects(text)) {
    if (suspect.at > from) yield { at: at + from, text: text.slice(from, suspect.at) };
    yield { at: at + suspect.at, text: suspect.text, mark: { kind: "alike", alike: suspect.alike } };
    from = suspect.at + suspect.text.length;
  }
  if (from < text.length) yield { at: at + from, text: text.slice(from) };
}

/** Joiners, marks and selectors that belong to the character before them. */
const BELONGS = /^(?:\p{M}|\u200D|\p{Emoji_Modifier})/u;
const MOST_BACK = 16;

/** The first `most` characters, never half of a pair, and where that is near, not between a letter and its marks. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = most;
  while (end > most - MOST_BACK && end > 0 && (splits(text, end) || BELONGS.test(text.slice(end, end + 2))))
    end -= 1;
  return text.slice(0, splits(text, end) ? end - 1 : end);
}

function splits(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff;
}
