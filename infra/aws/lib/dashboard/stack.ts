import { type App, CfnOutput, Duration, RemovalPolicy, Size, Stack } from "aws-cdk-lib";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { BucketDeployment, CacheControl, type ISource, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { Context } from "../context.ts";
import { patternsOf } from "../edge/doors.ts";
import { type PageConfig, pageFiles } from "./files.ts";
import { Page } from "./page.ts";
import { webAclArn } from "./shield.ts";

/** The page where people keep command, and the API behind the same name. */
export class DashboardStack extends Stack {
  /** The page. */
  readonly page: Page;

  constructor(
    app: App,
    private readonly context: Context,
  ) {
    super(app, context.names.stack("dashboard"), {
      description: "Royal Equips Orchestrator: the page where people keep command",
    });
    const { catalog, environment, names } = context;
    const signIn = names.told(this, "sign-in-url");
    const live = `wss://${names.told(this, "live-host")}`;
    const http = catalog.functions.filter((entry) => entry.wakes.includes("http")).map((entry) => entry.name);
    this.page = new Page(this, "Page", {
      api: names.told(this, "api-host"),
      patterns: patternsOf(http),
      origins: [live, signIn],
      domain: environment.domain,
      webAclArn: environment.waf ? webAclArn(this, context) : undefined,
      removal: environment.keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.deploy({
      sandbox: false,
      issuer: names.told(this, "issuer"),
      authorizationEndpoint: `${signIn}/oauth2/authorize`,
      tokenEndpoint: `${signIn}/oauth2/token`,
      clientId: names.told(this, "audience"),
      live,
    });
    new CfnOutput(this, "PageUrl", {
      value: this.page.url,
      description: environment.pageUrl
        ? "where people open the page"
        : "where people open the page: set it as `pageUrl` and deploy once more, so that they can sign in there",
    });
  }

  /**
   * Two deployments, because they are kept in two ways: what has its content's hash in its name for ever, the rest as
   * long as nothing newer is there. Old hashed files stay, for pages that are still open.
   */
  private deploy(config: PageConfig): void {
    const { environment } = this.context;
    const files = pageFiles(environment.assets);
    const log = new LogGroup(this, "DeployLog", {
      logGroupName: `/royal/${environment.name}/deploy/page`,
      retention: environment.logDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { bucket: destinationBucket, distribution } = this.page;
    const common = {
      destinationBucket,
      logGroup: log,
      memoryLimit: 256,
      ephemeralStorageSize: Size.mebibytes(512),
      prune: false,
    };
    const hashed = new BucketDeployment(this, "Hashed", {
      ...common,
      sources: [files],
      exclude: ["*"],
      include: ["assets/*"],
      cacheControl: [
        CacheControl.setPublic(),
        CacheControl.maxAge(Duration.days(365)),
        CacheControl.immutable(),
      ],
    });
    const named = new BucketDeployment(this, "Named", {
      ...common,
      sources: [files, settings(config)],
      exclude: ["assets/*"],
      cacheControl: [CacheControl.noCache()],
      distribution,
      distributionPaths: ["/*"],
    });
    named.node.addDependency(hashed);
  }
}

function settings(config: PageConfig): ISource {
  return Source.jsonData("config.json", config);
}
