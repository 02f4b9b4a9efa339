import { type App, RemovalPolicy } from "aws-cdk-lib";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { FunctionEntry, Trigger } from "../catalog.ts";
import type { Context } from "../context.ts";
import { FunctionsStack } from "../functions/stack.ts";
import { watch } from "./alarms.ts";
import { Http } from "./http.ts";
import { Live } from "./live.ts";
import { Partner } from "./partner.ts";

/** Requests a second, and at once, that the API takes of all callers together; the function also counts each caller. */
const HTTP = { rateLimit: 200, burstLimit: 400 };
/** The same for messages over the WebSocket; people hear far more than they say. */
const LIVE = { rateLimit: 100, burstLimit: 200 };

/** Where people and the outside come in: the HTTP API, the WebSocket, and the functions behind them. */
export class EdgeStack extends FunctionsStack {
  /** The HTTP API, if a function wakes on it. */
  readonly http: Http | undefined;
  /** The WebSocket, if a function wakes on it. */
  readonly live: Live | undefined;

  constructor(
    app: App,
    private readonly context: Context,
  ) {
    super(app, "edge", context);
    this.http = this.doors();
    this.live = this.line();
    this.partner();
  }

  private doors(): Http | undefined {
    const functions = this.wokenOn("http");
    if (functions.size === 0) return undefined;
    const { names } = this.context;
    const http = new Http(this, "Http", {
      name: names.of("http"),
      functions,
      issuer: names.told(this, "issuer"),
      audience: names.told(this, "audience"),
      log: this.log("http"),
      throttle: HTTP,
    });
    names.tell(this, "api-host", http.host);
    watch(http, names);
    return http;
  }

  private line(): Live | undefined {
    const [target] = this.wokenOn("websocket").values();
    if (!target) return undefined;
    const { names } = this.context;
    const live = new Live(this, "Live", { name: names.of("live"), log: this.log("live"), throttle: LIVE });
    live.lead(target);
    for (const one of this.functions.values()) one.pushesTo(live.connectionsArn, `https://${live.host}`);
    names.tell(this, "live-host", live.host);
    return live;
  }

  private partner(): void {
    const { environment, names } = this.context;
    if (!environment.shopifyEventSource) return;
    const target = this.functions.get("webhooks");
    if (!target)
      throw new Error(
        "context `shopifyEventSource`: the catalogue has no function `webhooks` to take its events",
      );
    new Partner(this, "Partner", {
      source: environment.shopifyEventSource,
      target,
      dead: names.dead("partner"),
    });
  }

  private wokenOn(trigger: Trigger): ReadonlyMap<string, IFunction> {
    const woken = ({ entry }: { entry: FunctionEntry }) => entry.wakes.includes(trigger);
    const found = [...this.functions.values()].filter(woken);
    return new Map(found.map((one) => [one.entry.name, one.handler]));
  }

  private log(name: string): LogGroup {
    const { environment } = this.context;
    return new LogGroup(this, `Log-${name}`, {
      logGroupName: `/royal/${environment.name}/access/${name}`,
      retention: environment.logDays as RetentionDays,
      removalPolicy: environment.keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
