import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../lib/catalog.ts";
import { pageFiles } from "../lib/dashboard/files.ts";
import { contentPolicy } from "../lib/dashboard/headers.ts";
import { VIEWS } from "../lib/dashboard/page.ts";
import { of } from "./found.ts";
import { EVERYTHING, folder, made, templates } from "./synth.ts";

const usual = { page: templates(made())["royal-dev-dashboard"] };
const switched = templates(made(EVERYTHING));
const page = { page: switched["royal-prod-dashboard"] };

type Config = { DistributionConfig: Record<string, unknown> };
const distribution = (from: typeof usual) =>
  (of(from, "AWS::CloudFront::Distribution")[0] as Config).DistributionConfig;

describe("the page's headers", () => {
  const local = readFileSync(join(root, "infra/local/src/page/shield.rs"), "utf8");
  const headers = JSON.stringify(of(usual, "AWS::CloudFront::ResponseHeadersPolicy"));

  test("are the policy that the local system sends, with the origins of this deployment", () => {
    const written = local.replace(/ \\\n\s+/g, " ").match(/"(default-src [^"]+)"/)?.[1];
    expect(contentPolicy(["{live}"])).toBe(written);
  });

  test("have every other header of the local system, and TLS for ever", () => {
    const names = [...local.matchAll(/\("([a-z-]+)"\), "([a-z-]+)"\)/g)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(names).toEqual([["cross-origin-resource-policy", "same-origin"]]);
    for (const one of ["no-referrer", "DENY", "ContentTypeOptions", "cross-origin-resource-policy"]) {
      expect(headers).toContain(one);
    }
    expect(headers).toContain('"AccessControlMaxAgeSec":31536000');
  });

  test("let it talk to its own name, to where people sign in and to the WebSocket, and to nobody else", () => {
    expect(headers).toMatch(/connect-src 'self' wss:\/\/.*livehost.* .*signinurl.*; base-uri 'none'/i);
    expect(headers).not.toContain("unsafe");
  });
});

describe("the page's files", () => {
  test("are everybody's through CloudFront, and nobody's in the bucket", () => {
    const access = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    for (const bucket of of(usual, "AWS::S3::Bucket"))
      expect(bucket).toMatchObject({ PublicAccessBlockConfiguration: access });
    expect(of(usual, "AWS::CloudFront::OriginAccessControl")).toHaveLength(1);
  });

  test("are kept for ever where their names hold their hashes, and asked for anew where not", () => {
    const deployments = of(usual, "Custom::CDKBucketDeployment");
    expect(deployments).toMatchObject([
      { Include: ["assets/*"], SystemMetadata: { "cache-control": "public, max-age=31536000, immutable" } },
      { Exclude: ["assets/*"], SystemMetadata: { "cache-control": "no-cache" }, DistributionPaths: ["/*"] },
    ]);
  });

  test("are told of what the page reads, and of nothing else", () => {
    const text = readFileSync(join(root, "functions/dashboard/src/session/config.ts"), "utf8");
    const read = [...text.matchAll(/readonly (\w+):/g)].map(([, name]) => name).sort();
    const written = readFileSync(join(root, "infra/aws/lib/dashboard/files.ts"), "utf8");
    expect([...written.matchAll(/readonly (\w+):/g)].map(([, name]) => name).sort()).toEqual(read);
    expect(read).toContain("tokenEndpoint");
  });

  test("have to be built before they are deployed", () => {
    expect(() => pageFiles("built", folder())).toThrow("the page is not built: run `just build`");
    const dist = join(folder(), "dist");
    mkdirSync(dist);
    writeFileSync(join(dist, "index.html"), "<!doctype html>");
    expect(pageFiles("built", dist)).toBeDefined();
  });
});

describe("a path", () => {
  const handler = new Function(`${VIEWS}; return handler;`)() as (event: object) => { uri: string };

  test.each([
    ["/", "/index.html"],
    ["/inbox", "/index.html"],
    ["/inbox/01J0000000000000000000000A", "/index.html"],
    ["/signed-in", "/index.html"],
    ["/config.json", "/config.json"],
    ["/crown.svg", "/crown.svg"],
    ["/assets/base-AbC123.js", "/assets/base-AbC123.js"],
  ])("%s is answered by %s", (uri, file) => {
    expect(handler({ request: { uri } }).uri).toBe(file);
  });

  test("of the API goes to the API: every method, nothing kept", () => {
    const behaviors = distribution(usual).CacheBehaviors as Record<string, unknown>[];
    expect(behaviors.map(({ PathPattern }) => PathPattern)).toEqual(
      expect.arrayContaining(["/api/*", "/openapi.json", "/docs"]),
    );
    for (const one of behaviors) {
      expect(one).toMatchObject({
        // Managed by AWS: nothing cached; everything passed on but the host's name.
        CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        ViewerProtocolPolicy: "https-only",
      });
      expect(one.AllowedMethods).toEqual(expect.arrayContaining(["GET", "POST", "PUT", "PATCH", "DELETE"]));
    }
  });
});

describe("with its own name and a firewall", () => {
  test("it answers to that name over TLS 1.2 or later", () => {
    expect(distribution(page)).toMatchObject({
      Aliases: ["royal.example.com"],
      ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021", SslSupportMethod: "sni-only" },
    });
    expect(distribution(usual)).not.toHaveProperty("Aliases");
  });

  test("the firewall is in us-east-1, and its ARN is read from there", () => {
    expect(distribution(page)).toHaveProperty("WebACLId");
    expect(distribution(usual)).not.toHaveProperty("WebACLId");
    const [acl] = of({ shield: switched["royal-prod-shield"] }, "AWS::WAFv2::WebACL");
    expect(acl).toMatchObject({ Scope: "CLOUDFRONT", DefaultAction: { Allow: {} } });
    expect(JSON.stringify(of(page, "Custom::AWS"))).toContain("us-east-1");
  });
});

test("in prod the files outlive the stack", () => {
  const buckets = Object.values(page.page?.Resources ?? {}).filter(({ Type }) => Type === "AWS::S3::Bucket");
  expect(buckets).toHaveLength(2);
  for (const bucket of buckets) expect(bucket).toMatchObject({ DeletionPolicy: "Retain" });
});
