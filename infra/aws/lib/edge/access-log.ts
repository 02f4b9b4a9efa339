import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";

/**
 * What is written of a request: enough to find it again, and nothing personal. Paths can hold ids of customers, so the
 * route is written and not the path; no query, no header, no token.
 */
export function accessLogFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      at: AccessLogField.contextRequestTimeEpoch(),
      route: "$context.routeKey",
      status: AccessLogField.contextStatus(),
      bytes: AccessLogField.contextResponseLength(),
      durationMs: "$context.integrationLatency",
      error: "$context.error.message",
      integration: "$context.integrationErrorMessage",
      authorizer: "$context.authorizer.error",
      ip: AccessLogField.contextIdentitySourceIp(),
    }),
  );
}
