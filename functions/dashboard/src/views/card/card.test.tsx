import { QueryClient } from "@tanstack/react-query";
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api } from "~/api/client";
import { ApiError, type Kind, type Problem } from "~/api/problem";
import type { Me } from "~/session/me";
import { setToken } from "~/session/token";
import { Card } from ".";
import type { Detail } from "./detail";
import { detail } from "./test/detail";
import { page, until } from "./test/page";

const base = detail("text", {
  type: "expense.pay",
  payee: "Acme",
  amount: { amount: "95.00", currency: "EUR" },
});
const open: Detail = {
  ...base,
  note: null,
  policyChanged: false,
  premises: [],
  authors: ["ann"],
  willHappen: "Pay Acme EUR 95.00",
  you: { mayDecide: true, mayModify: true, role: "finance" },
};
const me: Me = {
  account: "bob",
  person: "bob",
  roles: ["finance"],
  may: ["approvals.decide"],
  topics: [],
  machine: false,
  sandbox: true,
  until: "2099-01-01T00:00:00Z",
};

type Sent = { params: { header: Record<string, string> }; body: object };
let client: QueryClient;
/** What the API says of the request. */
let there: { value: object; etag: string } | undefined;
let sent: Sent[];
let answers: (object | ApiError)[];

beforeEach(() => {
  localStorage.clear();
  setToken("bob");
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  [there, sent, answers] = [undefined, [], []];
  vi.spyOn(api, "GET").mockImplementation(async (path: string) => {
    if (path === "/api/v1/me") return { data: me, response: new Response() } as never;
    if (there === undefined || (path.includes("approvals") && !("approval" in there.value)))
      throw refused(404, {});
    return { data: there.value, response: new Response(null, { headers: { ETag: there.etag } }) } as never;
  });
  vi.spyOn(api, "POST").mockImplementation(async (_: string, init: unknown) => {
    sent.push(init as Sent);
    const answer = answers.shift();
    if (answer instanceof ApiError) throw answer;
    return { data: answer, response: new Response() } as never;
  });
});
afterEach(cleanup);

function refused(status: number, more: object): ApiError {
  const problem = { type: "about:blank", title: "t", status, detail: "d", instance: "/", ...more } as Problem;
  const kinds: Record<number, Kind> = { 404: "missing", 409: "conflict", 503: "broken" };
  return new ApiError(kinds[status] ?? "broken", status, problem, undefined);
}

const is = async (value: object, etag: string) => {
  there = { value, etag };
  await act(() => client.invalidateQueries());
};
const press = async (name: RegExp) => {
  await act(async () => fireEvent.click(await screen.findByRole("button", { name })));
};

async function given(onDone = vi.fn()) {
  await is(open, '"1"');
  await page(<Card id={open.id} onDone={onDone} />, client);
  // A press right after a card appears is meant for the one before.
  const later = performance.now() + 1_000;
  vi.spyOn(performance, "now").mockReturnValue(later);
  return onDone;
}

test("what is agreed to is exactly what is on the screen", async () => {
  const onDone = await given();
  answers.push({ id: open.id, status: "GRANTED", quorum: 1, votes: [] });
  await press(/^Approve/);
  await until(() => expect(onDone).toHaveBeenCalledWith({ verb: "approve", status: "GRANTED" }));
  expect(sent[0]?.body).toEqual({ digest: open.digest });
  expect(sent[0]?.params.header["If-Match"]).toBe('"1"');
  expect(sent[0]?.params.header["Idempotency-Key"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("what was swapped under somebody's eyes is not agreed to", async () => {
  await given();
  const payload = { type: "expense.pay", payee: "Acme", amount: { amount: "9500.00", currency: "EUR" } };
  await is({ ...open, digest: "f".repeat(64), willHappen: "Pay Acme EUR 9500.00", payload }, '"2"');
  const look = await screen.findByRole("button", { name: /Show what is there now/ });
  const heading = screen.getByRole("heading", { level: 2 });
  expect(heading.textContent).toBe("Pay Acme EUR 95.00");
  expect(screen.getByRole("button", { name: /^Approve/ })).toHaveProperty("disabled", true);
  await act(async () => fireEvent.keyDown(document.body, { key: "a" }));
  expect(sent).toHaveLength(0);

  await act(async () => fireEvent.click(look));
  expect(heading.textContent).toBe("Pay Acme EUR 9500.00");
  answers.push({ id: open.id, status: "GRANTED", quorum: 1, votes: [] });
  await press(/^Approve/);
  await until(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toEqual({ digest: "f".repeat(64) });
  expect(sent[0]?.params.header["If-Match"]).toBe('"2"');
});

test("what somebody else decided is shown at once, and nothing is offered any more", async () => {
  await given();
  await is({ ...open, status: "REJECTED" }, '"2"');
  expect(await screen.findByText(/It was rejected/)).toBeDefined();
  expect(screen.queryByRole("button", { name: /^Approve/ })).toBeNull();
});

test("who was first is told", async () => {
  await given();
  answers.push(refused(409, { type: "/docs#problem-decided", state: "REJECTED", decidedBy: ["mia"] }));
  await press(/^Approve/);
  expect((await screen.findByText(/mia was first/)).textContent).toContain("Rejected");
});

test("the same is sent again under the same key, so that it counts once", async () => {
  await given();
  answers.push(refused(503, {}), { id: open.id, status: "GRANTED", quorum: 1, votes: [] });
  await press(/^Approve/);
  await press(/Try again/);
  await until(() => expect(sent).toHaveLength(2));
  const [first, second] = sent.map((one) => one.params.header["Idempotency-Key"]);
  expect(second).toBe(first);
});

test("an action that no person was asked about can be read", async () => {
  const { approval: _, ...rest } = open;
  there = {
    value: { ...rest, status: "EXECUTED", outcome: { detail: "done", at: open.createdAt } },
    etag: '"3"',
  };
  await page(<Card id={open.id} />, client);
  expect(await screen.findByText(/It was executed/)).toBeDefined();
});
