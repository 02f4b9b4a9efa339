import { describe, expect, test } from "vitest";
import { of } from "./found.ts";
import { PLACE } from "./iam/resolve.ts";
import { openings } from "./iam/resources.ts";
import { EVERYTHING, made, templates } from "./synth.ts";

const all = templates(made(EVERYTHING));
const found = openings(all);
const root = `arn:aws:iam::${PLACE.account}:root`;
const isService = (who: string) => who.endsWith(".amazonaws.com");
/** What says that it is this account's thing that asks. */
const OURS =
  /^(aws:SourceArn|aws:SourceAccount|AWS:SourceArn|AWS:SourceAccount|kms:CallerAccount|AWS:SourceOwner)$/i;

describe("the policies of queues, keys, topics and buckets", () => {
  test("are looked at", () => {
    const kinds = new Set(found.map(({ at }) => at.replace(/^.*\((.*)\)$/, "$1")));
    expect([...kinds].sort()).toEqual(
      expect.arrayContaining([
        "AWS::KMS::Key",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
      ]),
    );
  });

  test("let nobody in without a condition but the account itself", () => {
    const open = found.filter(
      ({ who, conditions }) => conditions.length === 0 && !who.every((one) => one === root),
    );
    // The CDK's helper that empties a bucket with its stack is a role of this account.
    const strange = open.filter(({ who }) => !who.every((one) => one.includes("CustomResourceProvider")));
    expect(strange).toEqual([]);
  });

  test("let services in only for what is this account's", () => {
    const services = found.filter(({ who }) => who.some(isService));
    expect(services.length).toBeGreaterThan(10);
    expect(services.filter(({ conditions }) => !conditions.some((one) => OURS.test(one)))).toEqual([]);
  });

  test("let a queue be sent to and nothing else, by the bus", () => {
    const queues = found.filter(({ at }) => at.includes("QueuePolicy"));
    for (const { who, actions } of queues)
      expect({ who, actions }).toEqual({ who: ["events.amazonaws.com"], actions: ["sqs:SendMessage"] });
  });

  test("let a key be used through its service alone", () => {
    const keys = found.filter(({ at, who }) => at.includes("KMS") && who.includes("*"));
    expect(keys.length).toBeGreaterThan(2);
    for (const { conditions } of keys)
      expect([...conditions].sort()).toEqual(["kms:CallerAccount", "kms:ViaService"]);
  });
});

test("a function can be called by what wakes it, for this account's API and rules alone", () => {
  const permissions = of(all, "AWS::Lambda::Permission");
  expect(permissions.length).toBeGreaterThan(3);
  for (const one of permissions) {
    expect(one.Principal).toMatch(/^(apigateway|events)\.amazonaws\.com$/);
    expect(one).toHaveProperty("SourceArn");
  }
});
