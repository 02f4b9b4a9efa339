import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { royal } from "../lib/app.ts";
import { type Catalog, type FunctionEntry, readCatalog } from "../lib/catalog.ts";
import { doorsOf, patternsOf } from "../lib/edge/doors.ts";
import { of } from "./found.ts";
import { folder, templates } from "./synth.ts";

const catalog = readCatalog();
const api = catalog.functions.find(({ name }) => name === "api") as FunctionEntry;
const others = catalog.functions.filter(({ name }) => name !== "webhooks");
const withWebhooks: Catalog = { ...catalog, functions: [...others, { ...api, name: "webhooks" }] };

function edge(of: Catalog, context: Record<string, unknown> = {}) {
  const app = new App({ outdir: folder(), context: { assets: "placeholder", ...context } });
  royal(app, of);
  return { edge: templates(app)["royal-dev-edge"] };
}

interface Route {
  readonly RouteKey: string;
  readonly AuthorizationType: string;
  readonly AuthorizerId?: object;
}

const usual = edge(withWebhooks);
const routes = of(usual, "AWS::ApiGatewayV2::Route").map((one) => one as unknown as Route);

describe("the HTTP API", () => {
  const open = routes.filter(
    ({ AuthorizationType, RouteKey }) => AuthorizationType === "NONE" && !RouteKey.startsWith("$"),
  );

  test("lets everybody see whether it is there and what it can do, and takes what comes signed", () => {
    expect(open.map(({ RouteKey }) => RouteKey).sort()).toEqual([
      "GET /api/v1/healthz",
      "GET /api/v1/readyz",
      "GET /docs",
      "GET /healthz",
      "GET /openapi.json",
      "GET /readyz",
      "POST /suppliers/{proxy+}",
      "POST /webhooks/{proxy+}",
    ]);
  });

  test("asks for a token everywhere else", () => {
    const guarded = routes.filter(({ AuthorizationType }) => AuthorizationType === "JWT");
    expect(guarded.map(({ RouteKey }) => RouteKey).sort()).toEqual([
      "ANY /api/{proxy+}",
      "GET /metrics",
      "POST /mcp",
    ]);
    expect(guarded.every(({ AuthorizerId }) => AuthorizerId !== undefined)).toBe(true);
    expect(of(usual, "AWS::ApiGatewayV2::Authorizer")).toMatchObject([
      { AuthorizerType: "JWT", IdentitySource: ["$request.header.Authorization"] },
    ]);
  });

  test("hands a function the request as it arrived", () => {
    const integrations = of(usual, "AWS::ApiGatewayV2::Integration").filter(
      (one) => "PayloadFormatVersion" in one,
    );
    expect(integrations.length).toBeGreaterThan(1);
    for (const one of integrations) {
      expect(one).toMatchObject({ IntegrationType: "AWS_PROXY", PayloadFormatVersion: "2.0" });
      expect(one).not.toHaveProperty("RequestParameters");
    }
  });

  test("allows no other origin", () => {
    for (const one of of(usual, "AWS::ApiGatewayV2::Api"))
      expect(one).not.toHaveProperty("CorsConfiguration");
  });

  test("has no door to a function that nobody said the paths of", () => {
    const strange = { ...catalog, functions: [...catalog.functions, { ...api, name: "kiosk" }] };
    expect(() => edge(strange)).toThrow("`kiosk` wakes on `http`, and no path leads to it");
  });

  test("has a door that appears and goes with its function", () => {
    const without = of(edge({ ...catalog, functions: others }), "AWS::ApiGatewayV2::Route");
    expect(JSON.stringify(without)).not.toContain("/webhooks/");
    expect(doorsOf("webhooks").every(({ method, to }) => method === "POST" && to === "open")).toBe(true);
  });
});

describe("every stage", () => {
  const stages = of(usual, "AWS::ApiGatewayV2::Stage");

  test("is throttled and logged", () => {
    expect(stages).toHaveLength(2);
    for (const stage of stages) {
      expect(stage).toMatchObject({
        AutoDeploy: true,
        DefaultRouteSettings: {
          ThrottlingRateLimit: expect.any(Number),
          ThrottlingBurstLimit: expect.any(Number),
        },
      });
    }
  });

  test("logs no path, no query, no header and no claim", () => {
    for (const { AccessLogSettings } of stages) {
      const { Format } = AccessLogSettings as { Format: string };
      expect(Format).toContain("$context.routeKey");
      for (const one of [
        "$context.path",
        "$context.authorizer.claims",
        "queryString",
        "header",
        "userAgent",
      ]) {
        expect(Format).not.toContain(one);
      }
    }
  });
});

describe("the WebSocket", () => {
  test("hands its three routes to the function that wakes on it", () => {
    const keys = routes.filter(({ RouteKey }) => RouteKey.startsWith("$")).map(({ RouteKey }) => RouteKey);
    expect(keys.sort()).toEqual(["$connect", "$default", "$disconnect"]);
    expect(of(usual, "AWS::ApiGatewayV2::Stage").map(({ StageName }) => StageName)).toContain("live");
  });

  test("tells the function where connections are managed, at the stage that people connect to", () => {
    const live = of(usual, "AWS::Lambda::Function").find(
      ({ FunctionName }) => FunctionName === "royal-dev-live",
    );
    expect(JSON.stringify(live)).toMatch(/"ROYAL_LIVE_URL":\{"Fn::Join":\["",\["https:\/\/".*"\/live"\]\]\}/);
  });
});

describe("webhooks over EventBridge", () => {
  const source = "aws.partner/shopify.com/1/royal";

  test("are there only where they are asked for", () => {
    expect(of(usual, "AWS::Events::EventBus")).toEqual([]);
  });

  test("go from the shop's own bus to the function, and wait in a queue if they cannot", () => {
    const template = edge(withWebhooks, { shopifyEventSource: source });
    expect(of(template, "AWS::Events::EventBus")).toMatchObject([{ EventSourceName: source, Name: source }]);
    const rules = of(template, "AWS::Events::Rule").filter((one) =>
      JSON.stringify(one).includes("aws.partner"),
    );
    expect(rules).toMatchObject([
      {
        EventPattern: { source: [{ prefix: "aws.partner/shopify.com" }] },
        Targets: [
          { DeadLetterConfig: { Arn: expect.anything() }, RetryPolicy: { MaximumEventAgeInSeconds: 86_400 } },
        ],
      },
    ]);
  });

  test("that the function does not understand wait in the same queue", () => {
    const template = edge(withWebhooks, { shopifyEventSource: source });
    const [{ DestinationConfig } = {}] = of(template, "AWS::Lambda::EventInvokeConfig");
    const dead = of(template, "AWS::SQS::Queue").find(
      ({ QueueName }) => QueueName === "royal-dev-partner-dead",
    );
    expect(dead).toBeDefined();
    expect(JSON.stringify(DestinationConfig)).toMatch(/OnFailure.*PartnerDead/);
  });

  test("need a function to take them", () => {
    const without = { ...catalog, functions: others };
    expect(() => edge(without, { shopifyEventSource: source })).toThrow("no function `webhooks`");
  });
});

test("all that is not the page is known to be the API's", () => {
  expect(patternsOf(["api", "webhooks"])).toEqual([
    "/healthz",
    "/readyz",
    "/api/*",
    "/openapi.json",
    "/docs",
    "/metrics",
    "/mcp",
    "/webhooks/*",
    "/suppliers/*",
  ]);
});
