import { describe, expect, test } from "vitest";
import { readCatalog, stackNames } from "../lib/catalog.ts";
import { environment } from "../lib/environments.ts";
import { Names } from "../lib/names.ts";
import { of, text } from "./found.ts";
import { made, templates } from "./synth.ts";

const catalog = readCatalog();
const app = made();
const names = new Names(environment(app.node));
const all = templates(app);
const house = Object.fromEntries(
  stackNames(catalog).flatMap((name) =>
    [names.stack(name), names.stack(`${name}-specialists`)].map((stack) => [stack, all[stack]]),
  ),
);
const queued = catalog.functions.filter(({ wakes }) => wakes.includes("queue"));
const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();

describe("what the catalogue lists is in the templates, and nothing else", () => {
  test("functions, each in its stack, as large and as patient as they should be", () => {
    const there = Object.entries(house).flatMap(([stack, template]) =>
      of({ [stack]: template }, "AWS::Lambda::Function").map((one) => [
        stack,
        one.FunctionName,
        one.MemorySize,
        one.Timeout,
        one.ReservedConcurrentExecutions,
        one.Description,
      ]),
    );
    const listed = catalog.functions.map((one) => [
      names.stack(one.stack),
      names.of(one.name),
      one.memoryMb,
      one.timeoutSeconds,
      one.concurrency,
      one.about,
    ]);
    expect(sorted(there)).toEqual(sorted(listed));
  });

  test("queues, each with a dead-letter queue and six times the time of its function", () => {
    const there = of(house, "AWS::SQS::Queue").map((one) => [one.QueueName, one.VisibilityTimeout ?? null]);
    const streams = catalog.functions.filter(({ wakes }) => wakes.includes("stream"));
    const listed = [
      ...queued.map((one) => [names.of(one.name), 6 * one.timeoutSeconds]),
      ...[...queued, ...streams].map((one) => [names.dead(one.name), null]),
    ];
    expect(sorted(there)).toEqual(sorted(listed));
    const redriven = of(house, "AWS::SQS::Queue").filter((one) => one.RedrivePolicy !== undefined);
    expect(redriven).toHaveLength(queued.length);
  });

  test("what wakes functions: a queue with partial failures, the stream with its filters", () => {
    const mappings = of(house, "AWS::Lambda::EventSourceMapping");
    const batches = mappings.map((one) => one.BatchSize);
    const mapped = catalog.functions.filter(
      ({ wakes }) => wakes.includes("queue") || wakes.includes("stream"),
    );
    expect(sorted(batches)).toEqual(sorted(mapped.map((one) => one.batch)));
    expect(
      mappings.every((one) => sorted(one.FunctionResponseTypes as [])[0] === '"ReportBatchItemFailures"'),
    ).toBe(true);
    const filters = mappings.flatMap(
      (one) => (one.FilterCriteria as { Filters: { Pattern: string }[] })?.Filters ?? [],
    );
    const patterns = filters.map(({ Pattern }) => JSON.parse(Pattern));
    expect(sorted(patterns)).toEqual(sorted(catalog.functions.flatMap((one) => one.filters)));
  });

  test("schedules, to the queue of their function, with their message", () => {
    const there = of(house, "AWS::Scheduler::Schedule").map((one) => {
      const target = one.Target as { Arn: unknown; Input: string; DeadLetterConfig: { Arn: unknown } };
      const window = one.FlexibleTimeWindow as { MaximumWindowInMinutes?: number };
      return [
        one.Name,
        one.ScheduleExpression,
        window.MaximumWindowInMinutes ?? 0,
        text(target.Arn),
        text(target.DeadLetterConfig.Arn),
        JSON.parse(target.Input),
      ];
    });
    const listed = catalog.schedules.map((one) => [
      one.name.replace("/", "_"),
      one.every,
      one.windowMinutes,
      `arn:sqs:${names.of(one.function)}`,
      `arn:sqs:${names.dead(one.function)}`,
      one.message,
    ]);
    expect(sorted(there)).toEqual(sorted(listed));
    const groups = of(house, "AWS::Scheduler::Schedule").map((one) => one.GroupName);
    expect(new Set(groups)).toEqual(new Set([names.house]));
  });

  test("rules, with their pattern and their message", () => {
    const there = of(house, "AWS::Events::Rule").map((one) => {
      const [target] = one.Targets as {
        InputTransformer?: { InputPathsMap: object; InputTemplate: string };
      }[];
      const made = target?.InputTransformer;
      return [
        one.Name,
        one.EventBusName,
        one.EventPattern,
        made?.InputPathsMap ?? {},
        made?.InputTemplate ?? null,
      ];
    });
    const listed = catalog.rules.map((one) => [one.name, names.house, one.pattern, one.paths, one.template]);
    expect(sorted(there)).toEqual(sorted(listed));
  });

  test("roles of people, as groups of the pool", () => {
    const groups = of(all, "AWS::Cognito::UserPoolGroup").map((one) => one.GroupName);
    expect(sorted(groups)).toEqual(sorted(catalog.roles));
  });
});
