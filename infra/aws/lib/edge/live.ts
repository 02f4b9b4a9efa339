import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnAccount } from "aws-cdk-lib/aws-apigateway";
import { LogGroupLogDestination, WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { ManagedPolicy, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { accessLogFormat } from "./access-log.ts";

/** The stage; its name is the path at which people connect. */
const STAGE = "live";

const EVENT = { event: "$context.eventType", connection: "$context.connectionId" };

/** What the WebSocket is made of. */
export interface LiveProps {
  readonly name: string;
  readonly log: ILogGroup;
  /** Messages a second, and at once, of all people together. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
}

/**
 * The WebSocket over which people hear what happens as it happens. It has no authorizer: the function reads the token
 * from the sub-protocol, which is the one place where a browser can put it.
 */
export class Live extends Construct {
  readonly api: WebSocketApi;
  /** Host and stage: with `wss://` where the page connects, with `https://` where the function manages connections. */
  readonly host: string;
  /** The connections, for grants. */
  readonly connectionsArn: string;

  constructor(scope: Construct, id: string, props: LiveProps) {
    super(scope, id);
    this.api = new WebSocketApi(this, "Api", { apiName: props.name });
    const stage = new WebSocketStage(this, "Stage", {
      webSocketApi: this.api,
      stageName: STAGE,
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: props.throttle,
      accessLogSettings: {
        destination: new LogGroupLogDestination(props.log),
        format: accessLogFormat(EVENT),
      },
    });
    stage.node.addDependency(this.logging());
    this.host = `${this.api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}/${STAGE}`;
    const resourceName = `${this.api.apiId}/${STAGE}/*/@connections/*`;
    this.connectionsArn = Stack.of(this).formatArn({ service: "execute-api", resource: resourceName });
  }

  /** Hands connects, messages and disconnects to `target`. */
  lead(target: IFunction): void {
    for (const route of ["$connect", "$default", "$disconnect"]) {
      this.api.addRoute(route, { integration: new WebSocketLambdaIntegration(route, target) });
    }
  }

  /** Lets API Gateway log WebSockets: a setting of the account and region, which stays when this stack goes. */
  private logging(): CfnAccount {
    const role = new Role(this, "LogRole", {
      assumedBy: new ServicePrincipal("apigateway.amazonaws.com"),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName("service-role/AmazonAPIGatewayPushToCloudWatchLogs"),
      ],
    });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const account = new CfnAccount(this, "Account", { cloudWatchRoleArn: role.roleArn });
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return account;
  }
}
