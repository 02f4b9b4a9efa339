import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Line, type LineState, type LiveEvent } from "./socket";

/** A socket that does what the test says. */
class Wire {
  static opened: Wire[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: unknown[] = [];
  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    Wire.opened.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.onclose?.();
  }
  says(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const told: LiveEvent[] = [];
const states: LineState[] = [];
let gaps = 0;
let line: Line;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Wire);
  Wire.opened = [];
  told.length = 0;
  states.length = 0;
  gaps = 0;
  line = new Line({
    url: "ws://here/live",
    topics: ["approval:required"],
    token: () => "t",
    onEvent: (event) => told.push(event),
    onGap: () => {
      gaps += 1;
    },
    onState: (state) => states.push(state),
  });
  line.start();
});

afterEach(() => {
  line.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const newest = () => Wire.opened.at(-1) as Wire;
const event = (id: string) => ({ id, topic: "approval:required", at: "2026-11-20T12:00:00Z", data: {} });

function connect(after = "5") {
  newest().onopen?.();
  newest().says({ subscribed: ["approval:required"], after });
}

test("the token goes as a sub-protocol, never in the address", () => {
  expect(newest().url).toBe("ws://here/live");
  expect(newest().protocols).toEqual(["royal.live", "bearer.t"]);
});

test("what was read before the line stood is read again, once", () => {
  connect();
  expect([gaps, states.at(-1)]).toEqual([1, "live"]);
});

test("each event is told once, in order", () => {
  connect();
  for (const id of ["6", "7", "6", "7", "8"]) newest().says(event(id));
  expect(told.map(({ id }) => id)).toEqual(["6", "7", "8"]);
});

test("a line that broke goes on after the last event that it had", () => {
  connect();
  newest().says(event("6"));
  newest().close();
  expect(states.at(-1)).toBe("waiting");
  vi.advanceTimersByTime(1_000);
  expect(Wire.opened).toHaveLength(2);
  connect("9");
  expect(newest().sent).toEqual([{ subscribe: ["approval:required"], after: "6" }]);
  expect(gaps).toBe(1);
});

test("what is no longer kept is read anew", () => {
  connect();
  newest().says({ gap: true });
  expect(gaps).toBe(2);
});

test("a line that says nothing is given up, and tried again", () => {
  connect();
  vi.advanceTimersByTime(91_000);
  expect(Wire.opened.length).toBeGreaterThan(1);
});

test("waits grow, and end when it is closed", () => {
  for (let tries = 0; tries < 6; tries += 1) {
    newest().close();
    vi.advanceTimersByTime(16_000);
  }
  expect(Wire.opened).toHaveLength(7);
  line.close();
  vi.advanceTimersByTime(60_000);
  expect(Wire.opened).toHaveLength(7);
  expect(states.at(-1)).toBe("off");
});
