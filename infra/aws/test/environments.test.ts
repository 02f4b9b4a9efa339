import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { environment } from "../lib/environments.ts";

const of = (context: Record<string, unknown>) => environment(new App({ context }).node);

test("without a word it is dev, which keeps nothing and has every switch off", () => {
  expect(of({})).toMatchObject({
    name: "dev",
    keeps: false,
    waf: false,
    canary: false,
    architecture: "arm64",
  });
});

test("prod keeps its data", () => {
  expect(of({ env: "prod" })).toMatchObject({ name: "prod", keeps: true, logDays: 90 });
});

test("what cdk.json says of an environment is that environment's, and the command line goes before it", () => {
  const environments = { prod: { alarmMails: ["ann@shop.example"], waf: true, monthlyBudget: 300 } };
  expect(of({ env: "prod", environments })).toMatchObject({ waf: true, monthlyBudget: 300 });
  expect(of({ env: "prod", environments, waf: "false" })).toMatchObject({ waf: false });
  expect(of({ env: "dev", environments })).toMatchObject({ waf: false, alarmMails: [] });
});

test("a domain is where the page is", () => {
  const certificateArn = "arn:aws:acm:us-east-1:111111111111:certificate/one";
  expect(of({ domain: "royal.example.com", certificateArn })).toMatchObject({
    pageUrl: "https://royal.example.com",
  });
});

describe("what is wrong is named, with what it may be", () => {
  test.each<[Record<string, unknown>, string]>([
    [{ env: "production" }, "environment `production` is unknown: use -c env=dev|staging|prod"],
    [{ waf: "yes" }, "context `waf` is `yes`: use true or false"],
    [{ architecture: "amd64" }, "context `architecture` is `amd64`: use arm64 or x86_64"],
    [{ assets: "none" }, "context `assets` is `none`: use built or placeholder"],
    [{ pageUrl: "royal.example.com" }, "context `pageUrl` is `royal.example.com`: write an address"],
    [{ domain: "royal.example.com" }, "context `certificateArn` is not set, and `domain` is"],
    [
      { domain: "x.y", certificateArn: "arn:aws:acm:eu-central-1:111111111111:certificate/1" },
      "in us-east-1",
    ],
    [{ shopifyEventSource: "shopify" }, "write a source such as `aws.partner/shopify.com/<app>/<source>`"],
    [{ alarmMails: "ann@shop.example;bob" }, "context `alarmMails` has `bob`: write mail addresses"],
    [{ monthlyBudget: "much" }, "context `monthlyBudget` is `much`: write a number above zero"],
    [{ settings: { FEEDS: "x" } }, "context `settings` has `FEEDS`: variables begin with `ROYAL_`"],
    [{ settings: { ROYAL_SECRET_SHOPIFY_TOKEN: "x" } }, "keep secrets in Secrets Manager"],
  ])("%o", (context, said) => {
    expect(() => of(context)).toThrow(said);
  });

  test("all of it at once", () => {
    expect(() => of({ waf: "yes", canary: "no" })).toThrow(/`canary`[\s\S]*`waf`/);
  });
});
