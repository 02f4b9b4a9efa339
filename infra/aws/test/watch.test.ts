import { describe, expect, test } from "vitest";
import { readCatalog } from "../lib/catalog.ts";
import { ourMetric } from "../lib/watch/alarms.ts";
import { of } from "./found.ts";
import { EVERYTHING, made, templates } from "./synth.ts";

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string }[];
}

const catalog = readCatalog();
const all = templates(made());
const alarms = of(all, "AWS::CloudWatch::Alarm");
const named = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `royal-dev-${name}`);
const tells = (name: string) => JSON.stringify(named(name)?.AlarmActions);

describe("somebody is told at once", () => {
  test.each([
    "store-unreachable",
    "nothing-executed",
    "events-undelivered",
    "wakes-undelivered",
    "relay-behind",
    "revenue-fell",
    "clock-silent",
    "gate-silent",
  ])("of %s", (name) => {
    expect(tells(name)).toContain("royal-dev-critical");
  });

  test.each(catalog.functions.filter(({ kind }) => kind === "agent").map(({ name }) => name))(
    "of more than one run of %s in twenty that fails",
    (name) => {
      expect(named(`${name}-fails`)).toMatchObject({
        Threshold: 5,
        ComparisonOperator: "GreaterThanThreshold",
      });
      expect(tells(`${name}-fails`)).toContain("royal-dev-critical");
    },
  );

  test.each(catalog.functions.filter(({ wakes }) => wakes.includes("queue")).map(({ name }) => name))(
    "of more than a thousand messages that wait for %s, and of one that it gave up on",
    (name) => {
      expect(named(`${name}-queue`)).toMatchObject({ Threshold: 1000 });
      expect(named(`${name}-dead`)).toMatchObject({ Threshold: 0 });
      for (const one of ["queue", "dead"]) expect(tells(`${name}-${one}`)).toContain("royal-dev-critical");
    },
  );

  test("of a day on which nothing was carried out, and not on one where nothing was measured as if all were well", () => {
    expect(named("nothing-executed")).toMatchObject({
      Period: 86_400,
      TreatMissingData: "breaching",
      Threshold: 1,
    });
  });
});

describe("somebody is told within a quarter of an hour", () => {
  test.each(catalog.functions.filter(({ kind }) => kind === "agent").map(({ name }) => name))(
    "of more than one run of %s in fifty that fails, however few there are",
    (name) => {
      const metrics = JSON.stringify(named(`${name}-falters`)?.Metrics);
      expect(named(`${name}-falters`)).toMatchObject({ Threshold: 2 });
      expect(metrics).toContain(">= 1,");
      expect(metrics).toContain('"Period":900');
      expect(tells(`${name}-falters`)).toContain("royal-dev-warning");
    },
  );

  test.each(catalog.systems)(
    "of %s being asked nearly more than it allows, and of it being left alone",
    (name) => {
      expect(named(`${name}-limit`)).toMatchObject({ Threshold: 80, Period: 900, Statistic: "Maximum" });
      for (const one of ["limit", "left-alone"])
        expect(tells(`${name}-${one}`)).toContain("royal-dev-warning");
    },
  );
});

describe("what is not measured is no good news", () => {
  test.each(["nothing-executed", "clock-silent", "gate-silent", "revenue-unseen"])(
    "%s goes off while nothing is measured",
    (name) => expect(named(name)).toMatchObject({ TreatMissingData: "breaching" }),
  );

  test("a fall of revenue is not over because nobody looks any more", () => {
    expect(named("revenue-fell")).toMatchObject({ TreatMissingData: "ignore" });
  });

  test("every other alarm says that silence is fine, and what is silent then is watched by one of these", () => {
    const others = alarms.filter(({ TreatMissingData }) => TreatMissingData === "notBreaching");
    expect(others).toHaveLength(alarms.length - 5);
  });
});

describe("no alarm watches what nobody measures", () => {
  const metrics = alarms.flatMap((alarm) => {
    const several = (alarm.Metrics ?? []) as { MetricStat?: { Metric: unknown } }[];
    return [alarm, ...several.map(({ MetricStat }) => MetricStat?.Metric)] as Metric[];
  });
  const ours = metrics.filter((metric) => metric?.Namespace === "Royal");

  test("every metric of ours is in the catalogue, split as it is there", () => {
    expect(ours.length).toBeGreaterThan(30);
    for (const { MetricName, Dimensions = [] } of ours) {
      const by = catalog.metrics.find(({ name }) => name === MetricName)?.by;
      expect([MetricName, Dimensions.map(({ Name }) => Name).sort()]).toEqual([
        MetricName,
        [...(by ?? ["?"])].sort(),
      ]);
    }
  });

  test.each([
    ["runs_total", { agent: "ceo" }],
    ["agent_runs_total", { agent: "ceo" }],
    ["revenue_fell", { shop: "one" }],
  ])("%s by %o is refused", (name, dimensions) => {
    expect(() => ourMetric(catalog, name, dimensions)).toThrow("no function measures");
  });
});

test("somebody is told within the day of what is slow, and that is never more than the function's own time", () => {
  for (const { name, timeoutSeconds } of catalog.functions) {
    const { Threshold } = named(`${name}-slow`) ?? {};
    expect(tells(`${name}-slow`)).toContain("royal-dev-warning");
    expect(Number(Threshold)).toBeLessThan(timeoutSeconds * 1000);
  }
});

test("every alarm says what is the matter, and says when it is over", () => {
  expect(alarms.length).toBeGreaterThan(50);
  const names = alarms.map(({ AlarmName }) => AlarmName);
  expect(new Set(names).size).toBe(names.length);
  for (const { AlarmDescription, OKActions } of alarms) {
    expect(String(AlarmDescription).length).toBeGreaterThan(30);
    expect(OKActions).toHaveLength(1);
  }
});

test("every executor's line that says EXECUTED is counted", () => {
  const filters = of(all, "AWS::Logs::MetricFilter");
  const executors = catalog.functions.filter(({ kind }) => kind === "executor");
  expect(filters.map(({ LogGroupName }) => LogGroupName)).toEqual(
    executors.map(({ name }) => `/aws/lambda/royal-dev-${name}`),
  );
  for (const one of filters)
    expect(one).toMatchObject({ FilterPattern: expect.stringContaining('$.status = "EXECUTED"') });
});

test("the dashboard shows every function and every queue", () => {
  const [board] = of(all, "AWS::CloudWatch::Dashboard");
  const body = JSON.stringify(board?.DashboardBody);
  for (const { name } of catalog.functions) expect(body).toContain(`royal-dev-${name}`);
});

describe("the budget", () => {
  test("is there only where one is set", () => {
    expect(of(all, "AWS::Budgets::Budget")).toEqual([]);
  });

  test("counts what carries the environment's tag, and tells what was spent and what will be", () => {
    const [budget] = of(templates(made(EVERYTHING)), "AWS::Budgets::Budget");
    expect(budget).toMatchObject({
      Budget: {
        BudgetLimit: { Amount: 500, Unit: "USD" },
        CostFilters: { TagKeyValue: ["user:royal:environment$prod"] },
      },
    });
    expect(JSON.stringify(budget)).toContain("FORECASTED");
  });

  test("has to tell somebody", () => {
    expect(() => made({ monthlyBudget: "10" })).toThrow("a budget that tells nobody is none");
  });
});
