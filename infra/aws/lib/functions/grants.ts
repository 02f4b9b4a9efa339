import { Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Grants } from "../catalog.ts";
import type { Context } from "../context.ts";

/** The index of the record by day, whose keys begin with this and not with what they are about. */
const DAY = "DAY#";

/** What a function's grants in the catalogue are in IAM's words, and nothing else. */
export function granted(scope: Construct, grants: Grants, context: Context): PolicyStatement[] {
  return [
    ...ofTable(scope, grants, context),
    ...ofSecrets(scope, grants, context),
    ...ofSending(scope, grants, context),
  ];
}

function ofTable(scope: Construct, { reads, writes }: Grants, { names }: Context): PolicyStatement[] {
  const table = names.tableArn(scope);
  const kinds = reads.filter((prefix) => prefix !== DAY);
  const days = reads.filter((prefix) => prefix === DAY);
  return [
    ...partitions("Reads", table, kinds, ["GetItem", "BatchGetItem", "Query", "ConditionCheckItem"]),
    ...partitions("ReadsByStatus", `${table}/index/by_status`, kinds, ["Query"]),
    ...partitions("ReadsByDay", `${table}/index/by_day`, days, ["Query"]),
    ...partitions("Writes", table, writes, ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"]),
  ];
}

/**
 * Items whose partition keys all begin with one of `prefixes`. A request that names no key at all would pass
 * `ForAllValues`, so it has to name one.
 */
function partitions(
  sid: string,
  resource: string,
  prefixes: readonly string[],
  actions: string[],
): PolicyStatement[] {
  if (prefixes.length === 0) return [];
  const statement = new PolicyStatement({
    sid,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [resource],
    conditions: {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": prefixes.map((prefix) => `${prefix}*`) },
      Null: { "dynamodb:LeadingKeys": "false" },
    },
  });
  return [statement];
}

function ofSecrets(scope: Construct, { secrets }: Grants, { names }: Context): PolicyStatement[] {
  if (secrets.length === 0) return [];
  const resources = secrets.map((name) => names.secretArn(scope, name));
  return [new PolicyStatement({ sid: "Secrets", actions: ["secretsmanager:GetSecretValue"], resources })];
}

function ofSending(scope: Construct, { sends }: Grants, { catalog, names }: Context): PolicyStatement[] {
  if (!sends) return [];
  const queued = catalog.functions.filter((entry) => entry.wakes.includes("queue"));
  const queues = queued.map((entry) => names.queueArn(scope, entry.name));
  return [
    new PolicyStatement({ sid: "Wakes", actions: ["sqs:SendMessage"], resources: queues }),
    new PolicyStatement({ sid: "Tells", actions: ["events:PutEvents"], resources: [names.busArn(scope)] }),
  ];
}

/** Taking messages from a queue, as Lambda does for the function. */
export function takes(queueArn: string): PolicyStatement {
  const actions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
  return new PolicyStatement({ sid: "Takes", actions, resources: [queueArn] });
}

/** Reading the table's stream, and putting what cannot be handled into a dead-letter queue. */
export function follows(streamArn: string, deadArn: string): PolicyStatement[] {
  const actions = ["GetRecords", "GetShardIterator", "DescribeStream", "ListStreams"];
  return [
    new PolicyStatement({
      sid: "Follows",
      actions: actions.map((action) => `dynamodb:${action}`),
      resources: [streamArn],
    }),
    new PolicyStatement({ sid: "GivesUp", actions: ["sqs:SendMessage"], resources: [deadArn] }),
  ];
}

/** Writing one's own log, and traces, which have no ARN. */
export function tellsOfItself(scope: Construct, logGroup: string): PolicyStatement[] {
  const log = Stack.of(scope).formatArn({ service: "logs", resource: `log-group:${logGroup}:*` });
  return [
    new PolicyStatement({
      sid: "Log",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [log],
    }),
    new PolicyStatement({
      sid: "Traces",
      actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      resources: ["*"],
    }),
  ];
}
