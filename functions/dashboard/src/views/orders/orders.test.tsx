import { QueryClient } from "@tanstack/react-query";
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { api } from "~/api/client";
import type { OrderDetail, OrderRow } from "~/api/orders";
import { ApiError } from "~/api/problem";
import { setToken } from "~/session/token";
import { page, until } from "~/views/card/test/page";
import { List } from "./list";
import { Order } from "./one";

const AT = "2026-11-20T12:00:00Z";
const eur = (amount: string) => ({ amount, currency: "EUR" });

const row = (n: number, more: Partial<OrderRow> = {}): OrderRow => ({
  id: String(9000 + n),
  name: `#${1000 + n}`,
  stage: "ORDERED",
  payment: "paid",
  total: eur("62.95"),
  country: "NL",
  band: "low",
  waits: { code: "SHIPMENT", what: "The supplier, to send it", help: "It goes on by itself." },
  test: false,
  placed: AT,
  updated: AT,
  ...more,
});

const action = {
  id: "01a1fb7c-3a9c-7e70-a021-b61494a4f1b5",
  status: "PENDING",
  agent: { id: "finance-manager", name: "finance-manager", cluster: "finance" },
  actionType: "order.cancel",
  willHappen: "Cancel order 9001 and pay EUR 62.95 back",
  target: "order:9001",
  tier: "HIGH",
  createdAt: AT,
  updatedAt: AT,
};

const detail: OrderDetail = {
  ...row(1, { stage: "STUCK", name: "#1001 <script>alert(1)</script>" }),
  waits: {
    code: "STUCK",
    what: "A person: no supplier sends it",
    help: "Decide the request to cancel it.",
    why: "acme says \u202eno",
    action: action.id,
  },
  steps: [
    { step: "RECEIVED", state: "DONE", at: AT },
    { step: "CHECKED", state: "DONE", at: AT },
    { step: "TAXED", state: "NOW" },
    { step: "ORDERED", state: "STOPPED" },
    { step: "SHIPPED", state: "AHEAD" },
    { step: "DELIVERED", state: "AHEAD" },
  ],
  lines: [
    {
      id: "1",
      sku: "lamp",
      title: "Lamp",
      quantity: 2,
      price: eur("31.48"),
      discount: eur("0.01"),
      tax: eur("10.49"),
      ships: true,
    },
  ],
  totals: {
    subtotal: eur("62.95"),
    shipping: eur("0.00"),
    tax: eur("10.49"),
    discount: eur("0.01"),
    total: eur("62.95"),
    outstanding: eur("0.00"),
  },
  taxesIncluded: true,
  checked: {
    score: 25,
    band: "low",
    evidence: [{ code: "first_order", points: 25 }],
    missing: ["city_differs", "of_tomorrow"],
    released: false,
    at: AT,
  },
  parcels: [
    {
      action: "01a1fb7c-3a9c-7e70-a021-000000000001",
      supplier: "acme",
      portions: [{ line: "1", sku: "lamp", quantity: 2 }],
      cost: eur("27.10"),
      state: "FAILED",
      tracking: { number: "3S1", url: "https://track.example/3S1" },
      reason: "sold out",
      updated: AT,
    },
  ],
  open: [{ line: "1", sku: "lamp", quantity: 2 }],
  refunds: [{ id: "7", amount: eur("5.00"), units: 1, at: AT }],
  actions: [action],
  journey: "01a1fb7c-3a9c-5e70-a021-b61494a4f1b5",
  created: AT,
  history: {
    verified: true,
    records: [
      {
        subject: "ORDER#9001",
        seq: 1,
        at: AT,
        by: "finance-manager",
        person: false,
        what: "stuck",
        result: "STUCK",
        reasons: ["sold out"],
      },
    ],
  },
};

/** What the API answers for orders, by what it is asked. */
let orders: (query: Record<string, unknown>) => object;
let client: QueryClient;

beforeEach(() => {
  localStorage.clear();
  setToken("bob");
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  vi.spyOn(api, "GET").mockImplementation(async (path: string, init: unknown) => {
    const answer = (data: object) => ({ data, response: new Response() }) as never;
    if (path === "/api/v1/me") return answer({ may: ["orders.read"], topics: [] });
    if (path === "/api/v1/orders/{id}") return answer(detail);
    return answer(orders((init as { params: { query: Record<string, unknown> } }).params.query));
  });
});
afterEach(() => {
  cleanup();
  client.clear();
});

test("orders are listed with what each waits for, page by page, each once", async () => {
  const second = { items: [row(2), row(3, { band: null, waits: null, test: true })] };
  orders = ({ cursor }) => (cursor === "two" ? second : { items: [row(1), row(2)], next: "two" });
  await page(<List />, client);
  expect(await screen.findByText("#1001")).toBeDefined();
  expect(screen.getAllByText("The supplier, to send it")).toHaveLength(2);
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Show more" })));
  await until(() => expect(screen.getAllByRole("row")).toHaveLength(4));
  const last = within(screen.getAllByRole("row")[3] as HTMLElement);
  expect(last.getByText("Not looked at yet")).toBeDefined();
  expect(last.getByText("Trial order")).toBeDefined();
});

test("an order that waits for a person's word leads to the request", async () => {
  const waits = { code: "APPROVAL", what: "A person", help: "Decide.", action: action.id };
  orders = () => ({ items: [row(1, { stage: "ORDERING", waits }), row(2)] });
  await page(<List />, client);
  const decide = await screen.findByRole("link", { name: "Decide #1001" });
  expect(decide.getAttribute("href")).toBe(`/inbox/${action.id}`);
  expect(screen.queryByRole("link", { name: "Decide #1002" })).toBeNull();
});

test("a stage is asked of the API, and that nothing is there is said", async () => {
  const asked: unknown[] = [];
  orders = (query) => {
    asked.push(query.stage);
    return { items: query.stage === "HELD" ? [] : [row(1)] };
  };
  await page(<List />, client);
  await screen.findByText("#1001");
  const stage = screen.getByRole("combobox", { name: "Stage" });
  await act(async () => fireEvent.change(stage, { target: { value: "HELD" } }));
  expect(await screen.findByText("No order matches")).toBeDefined();
  expect(asked.at(-1)).toBe("HELD");
});

test("what the API cannot answer is said, with a way to try again", async () => {
  orders = () => {
    throw new ApiError("broken", 503, undefined, undefined);
  };
  await page(<List />, client);
  expect(await screen.findByRole("button", { name: "Try again" })).toBeDefined();
  orders = () => ({ items: [row(1)] });
  await act(async () => fireEvent.click(screen.getByRole("button", { name: "Try again" })));
  expect(await screen.findByText("#1001")).toBeDefined();
});

test("an order says where it stands, what would help, and leads to the request about it", async () => {
  await page(<Order />, client);
  const decide = await screen.findByRole("link", { name: "Open the request" });
  expect(decide.getAttribute("href")).toBe(`/inbox/${action.id}`);
  expect(screen.getByText("A person: no supplier sends it")).toBeDefined();
  const stopped = screen.getByText("stopped").closest("li");
  expect(stopped?.textContent).toContain("Ordered");
  expect(screen.getByText("The customer’s first order").parentElement?.textContent).toContain("+25 points");
  expect(screen.getByText(/Billed to another city than it goes to and of_tomorrow/)).toBeDefined();
  expect(screen.getByText("It is not known yet how this order is taxed.")).toBeDefined();
});

test("text from outside is text: no markup, no link, nothing hidden", async () => {
  const { container } = await page(<Order />, client);
  await screen.findByText("Record verified");
  expect(container.querySelector("script")).toBeNull();
  expect([...container.querySelectorAll("a")].map((link) => link.getAttribute("href"))).not.toContain(
    "https://track.example/3S1",
  );
  expect(container.textContent).not.toContain("\u202e");
  expect(screen.getByText("https://track.example/3S1")).toBeDefined();
});
