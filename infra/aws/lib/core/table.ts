import type { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { Context } from "../context.ts";

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The table, as `shared/store` describes it: one for everything, with a stream that the relay reads. */
export function table(
  scope: Construct,
  context: Context,
  encryptionKey: IKey,
  removalPolicy: RemovalPolicy,
): Table {
  const table = new Table(scope, "Table", {
    tableName: context.names.house,
    partitionKey: text("pk"),
    sortKey: text("sk"),
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: "ttl",
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
    deletionProtection: context.environment.keeps,
    removalPolicy,
  });
  table.addGlobalSecondaryIndex({
    indexName: "by_status",
    partitionKey: text("gsi1pk"),
    sortKey: text("gsi1sk"),
    projectionType: ProjectionType.KEYS_ONLY,
  });
  table.addGlobalSecondaryIndex({
    indexName: "by_day",
    partitionKey: text("gsi2pk"),
    sortKey: text("gsi2sk"),
    projectionType: ProjectionType.ALL,
  });
  return table;
}
