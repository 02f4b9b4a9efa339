import { Stack } from "aws-cdk-lib";
import {
  HttpApi,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { accessLogFormat } from "./access-log.ts";
import { doorsOf } from "./doors.ts";

/** What the HTTP API is made of. */
export interface HttpProps {
  readonly name: string;
  /** The functions that wake on HTTP, by name. */
  readonly functions: ReadonlyMap<string, IFunction>;
  /** Who signs tokens (OIDC). */
  readonly issuer: string;
  /** For whom tokens are made. */
  readonly audience: string;
  readonly log: ILogGroup;
  /** Requests a second, and at once, of all callers together. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
}

const ANSWER = { bytes: "$context.responseLength" };

/**
 * The HTTP API. A token is checked here before it costs a call of a function, and by the function once more: neither
 * trusts the other. No CORS: the page has the same origin.
 */
export class Http extends Construct {
  readonly api: HttpApi;
  /** Host of the API. */
  readonly host: string;

  constructor(scope: Construct, id: string, props: HttpProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Api", { apiName: props.name, createDefaultStage: false });
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
    new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: props.throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(props.log),
        format: accessLogFormat(ANSWER),
      },
    });
    const people = new HttpJwtAuthorizer("People", props.issuer, { jwtAudience: [props.audience] });
    for (const [name, target] of props.functions) this.open(name, target, people);
  }

  private open(name: string, target: IFunction, people: IHttpRouteAuthorizer): void {
    const integration = new HttpLambdaIntegration(name, target, { scopePermissionToRoute: false });
    for (const { path, method, to } of doorsOf(name)) {
      const authorizer = to === "token" ? people : new HttpNoneAuthorizer();
      this.api.addRoutes({ path, methods: [method], integration, authorizer });
    }
  }
}
