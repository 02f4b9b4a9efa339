import { expect, test } from "vitest";
import { cut, pieces } from "./pieces";

const codes = (text: string) => pieces(text).flatMap((piece) => piece.hidden ?? []);

test.each([
  ["an override of direction", "EUR 9\u202E00.1", ["U+202E"]],
  ["a space of no width", "app\u200Broved", ["U+200B"]],
  ["a terminal's escape", "\u001B[31mred", ["U+001B"]],
  ["a tag character", "a\u{E0041}", ["U+E0041"]],
  ["a space that is no space", "1\u00A0000", ["U+00A0"]],
  ["half of a pair", "\uD83D", ["U+D83D"]],
])("%s is shown as a mark", (_, text, hidden) => {
  expect(codes(text)).toEqual(hidden);
  expect(
    pieces(text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});

test("what can be read is one piece", () => {
  expect(pieces("“Voss” at € 79,95\n\tone line more")).toHaveLength(1);
});

test("a cut never leaves half of a pair", () => {
  expect(cut("ab👑", 3)).toBe("ab");
  expect(cut("ab", 3)).toBe("ab");
});
