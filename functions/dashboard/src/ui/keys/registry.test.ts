import { afterEach, expect, test, vi } from "vitest";
import { type Command, drop, put, type Scope, setKeys } from "./registry";

const tokens: symbol[] = [];

function given(scope: Scope, command: Partial<Command>) {
  const run = vi.fn();
  const token = Symbol();
  tokens.push(token);
  put(token, { scope, commands: [{ id: "it", keys: ["a"], label: "does it", run, ...command }] });
  return run;
}

function press(key: string, on: Element = document.body, more: KeyboardEventInit = {}) {
  on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
}

function added(tag: string, type?: string): Element {
  const element = document.createElement(tag);
  if (type) element.setAttribute("type", type);
  document.body.append(element);
  return element;
}

afterEach(() => {
  for (const token of tokens.splice(0)) drop(token);
  document.body.replaceChildren();
  setKeys(true);
});

test("a key does what it says", () => {
  const run = given("list", {});
  press("a");
  press("b");
  expect(run).toHaveBeenCalledOnce();
});

test.each(["input", "textarea", "select"])("in a field (%s) a letter is a letter", (tag) => {
  const run = given("list", {});
  press("a", added(tag));
  expect(run).not.toHaveBeenCalled();
});

test("on a box to be ticked a key still counts", () => {
  const run = given("list", {});
  press("a", added("input", "checkbox"));
  expect(run).toHaveBeenCalledOnce();
});

test("of two that want a key the nearer one gets it, and the other one while it can't", () => {
  const list = given("list", {});
  const selection = given("selection", { when: false });
  press("a");
  const nearer = given("card", {});
  press("a");
  expect([list, selection, nearer].map((run) => run.mock.calls.length)).toEqual([1, 0, 1]);
});

test("in a dialog only its own keys count", () => {
  const list = given("list", {});
  const dialog = given("dialog", { keys: ["b"] });
  const box = added("div");
  box.setAttribute("role", "dialog");
  const inside = document.createElement("button");
  box.append(inside);
  press("a", inside);
  press("b", inside);
  expect([list, dialog].map((run) => run.mock.calls.length)).toEqual([0, 1]);
});

test("a key that is held decides once, and moves on and on", () => {
  const decides = given("list", {});
  const moves = given("list", { keys: ["j"], repeats: true });
  for (const repeat of [false, true, true]) {
    press("a", document.body, { repeat });
    press("j", document.body, { repeat });
  }
  expect([decides, moves].map((run) => run.mock.calls.length)).toEqual([1, 3]);
});

test("with a modifier, or switched off, keys are the browser's", () => {
  const run = given("list", {});
  press("a", document.body, { ctrlKey: true });
  setKeys(false);
  press("a");
  expect(run).not.toHaveBeenCalled();
});
