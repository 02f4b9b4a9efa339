// @vitest-environment node
import { expect, test } from "vitest";
import { HONEST, HOSTILE } from "./corpus";
import { cut, pieces } from "./pieces";

const all = (text: string) => pieces(text, Number.POSITIVE_INFINITY).pieces;
const marks = (text: string) => all(text).flatMap((piece) => piece.mark ?? []);
const codes = (text: string) => marks(text).map((mark) => (mark.kind === "hidden" ? mark.code : mark.kind));

test.each([
  ["an override of direction", "EUR 9\u202E00.1", ["U+202E"]],
  ["a space of no width", "app\u200Broved", ["U+200B"]],
  ["a joiner between Latin letters", "a\u200Db", ["U+200D"]],
  ["a terminal's escape", "\u001B[31mred", ["U+001B"]],
  ["a tag character", "a\u{E0041}", ["U+E0041"]],
  ["a selector that selects nothing", "a\uFE01 b\u{E0101}", ["U+FE01", "U+E0101"]],
  ["an exotic space", "1\u2003000", ["blank"]],
  ["spaces that push something away", `a${" ".repeat(40)}b`, ["blank"]],
  ["lines that push something away", "a\n\n\n\nb", ["lines"]],
  ["half of a pair", "\uD83D", ["U+D83D"]],
  ["a mark that strikes out what surrounds it", "o\u20E0k", ["U+20E0"]],
  ["a mark on nothing", "\u0338 not", ["U+0338"]],
  ["a pile of marks", `a${"\u0301".repeat(30)}`, ["pile"]],
  ["a flood of emoji", "✅".repeat(30), ["emoji"]],
  ["a run of hidden characters of many kinds", "\u200B\u200C\u200D\u2060\uFEFF", ["…"]],
])("%s is shown as a mark", (_, text, found) => {
  expect(codes(text)).toEqual(found);
});

test.each([
  ["see раураl.com", ["Latin", "Cyrillic"]],
  ["аpproved", ["Latin", "Cyrillic"]],
  ["Αcme", ["Latin", "Greek"]],
  ["𝐀𝐩𝐩𝐫𝐨𝐯𝐞𝐝", "styled"],
  ["xn--80ak6aa92e.com", "encoded"],
])("%s is marked as a look-alike", (text, alike) => {
  expect(marks(text)).toEqual([{ kind: "alike", alike }]);
});

test.each(Object.entries(HONEST))("%s is shown as it is", (_, text) => {
  expect(marks(text)).toEqual([]);
});

test.each(Object.entries(HOSTILE))("%s loses nothing and leaves nothing hidden", (_, text) => {
  const found = all(text);
  expect(found.map((piece) => piece.text).join("")).toBe(text);
  for (const { text: plain, mark } of found) {
    if (mark === undefined)
      expect(plain).not.toMatch(/(?![\n\r\t])\p{Cc}|[\u200B\u2028-\u202E\u2060-\u2069]/u);
  }
});

test("what is drawn is bounded whatever the text", () => {
  for (const text of Object.values(HOSTILE)) {
    const { pieces: drawn, end } = pieces(cut(text, 20_000));
    expect(drawn.length).toBeLessThan(1_000);
    expect(end).toBeLessThanOrEqual(20_000);
  }
});

test("a cut never leaves half of a pair or a letter without its marks", () => {
  expect(cut("ab👑", 3)).toBe("ab");
  expect(cut("ab", 3)).toBe("ab");
  expect(cut("abe\u0301f", 3)).toBe("ab");
  expect(cut("👨‍👩‍👧 and more", 3)).not.toMatch(/[\uD800-\uDBFF]$/);
});
