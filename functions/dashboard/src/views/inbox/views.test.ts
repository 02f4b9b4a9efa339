import { beforeEach, expect, test } from "vitest";
import { removeView, savedViews, saveView } from "./views";

beforeEach(() => localStorage.clear());

test("a view is kept, replaced by one of its name, and forgotten", () => {
  saveView({ name: "big", search: { min: 1000 } });
  saveView({ name: "big", search: { min: 5000 } });
  expect(savedViews()).toEqual([{ name: "big", search: { min: 5000 } }]);
  removeView("big");
  expect(savedViews()).toEqual([]);
});

test.each(["no json", '{"a":1}', '[{"name":1},{"name":"x"}]', '[{"name":"y","search":null}]'])(
  "what is no list of views (%s) is none",
  (kept) => {
    localStorage.setItem("royal.inbox.views", kept);
    expect(savedViews()).toEqual([]);
  },
);

test("what a kept view asks for is read like an address", () => {
  localStorage.setItem("royal.inbox.views", '[{"name":"x","search":{"tier":"HUGE","mine":true}}]');
  expect(savedViews()).toEqual([{ name: "x", search: { mine: true } }]);
});
