import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";

/**
 * What is written of a request: enough to find it again. Paths can hold ids of customers, so the route is written and
 * not the path; no query, no header, no token; of a person only the address that they came from, by which abuse is
 * found, and which ends with the log. `more` are fields that only one kind of API knows.
 */
export function accessLogFormat(more: Readonly<Record<string, string>>): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      at: AccessLogField.contextRequestTimeEpoch(),
      route: "$context.routeKey",
      status: AccessLogField.contextStatus(),
      durationMs: "$context.integrationLatency",
      error: "$context.error.message",
      integration: "$context.integrationErrorMessage",
      authorizer: "$context.authorizer.error",
      ip: AccessLogField.contextIdentitySourceIp(),
      ...more,
    }),
  );
}
