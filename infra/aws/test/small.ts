import { type Catalog, type FunctionEntry, type Grants, readCatalog } from "../lib/catalog.ts";

const nothing: Grants = { reads: [], writes: [], secrets: [], sends: false, pushes: false };

function entry(
  name: string,
  of: Pick<FunctionEntry, "kind" | "stack" | "wakes">,
  grants: Partial<Grants>,
): FunctionEntry {
  return {
    name,
    about: `does what ${name} does`,
    memoryMb: 256,
    timeoutSeconds: 60,
    visibilitySeconds: 360,
    batch: 10,
    concurrency: 5,
    filters: [],
    ...of,
    grants: { ...nothing, ...grants },
  };
}

const relay = entry("relay", { kind: "plumbing", stack: "plumbing", wakes: ["stream"] }, { sends: true });

const wake = (name: string, specialist: boolean) => ({
  name,
  function: "shop-manager",
  every: "rate(1 hour)",
  windowMinutes: 6,
  specialist,
  message: { wake: "schedule", schedule: name, at: "<aws.scheduler.scheduled-time>", input: null },
});

/** A catalogue with one of each kind of thing. */
export const small: Catalog = {
  source: { file: "catalog.toml", sha256: "" },
  functions: [
    { ...relay, batch: 100, filters: [{ eventName: ["INSERT"] }] },
    entry(
      "shop-manager",
      { kind: "agent", stack: "shop", wakes: ["queue"] },
      { reads: ["TASK#", "POLICY#", "DAY#"], writes: ["TASK#"] },
    ),
    entry(
      "till",
      { kind: "executor", stack: "executors", wakes: ["queue"] },
      { reads: ["ACTION#"], writes: ["ACTION#"], secrets: ["till-key"] },
    ),
  ],
  schedules: [wake("shop-manager.hourly", false), wake("shop-manager/eu-home.hourly", true)],
  rules: [
    {
      name: "stops",
      pattern: { source: ["royal"], "detail-type": ["journey:stopped"] },
      queue: "shop-manager",
      paths: { journey: "$.detail.journey" },
      template: '{"wake":"stopped","journey":"<journey>"}',
    },
  ],
  secrets: [{ name: "till-key", about: "opens the till" }],
  systems: ["till-bank"],
  metrics: readCatalog().metrics,
  roles: ["owner"],
};
