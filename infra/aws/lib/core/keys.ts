import { type RemovalPolicy, Stack } from "aws-cdk-lib";
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { Names } from "../names.ts";

/** What a service does with a key for somebody who may use what the key protects. */
const USES = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:DescribeKey"];

/**
 * The keys.
 *
 * A key is used through the one service that it is for, by whoever may use the thing itself: so no function has a
 * grant on a key, and none can use one by itself.
 */
export class Keys extends Construct {
  /** Encrypts the table. */
  readonly data: Key;
  /** Encrypts secrets; operators name it when they set one. */
  readonly secrets: Key;
  /** Encrypts what alarms tell. */
  readonly alarms: Key;

  constructor(
    scope: Construct,
    private readonly names: Names,
    private readonly removal: RemovalPolicy,
  ) {
    super(scope, "Keys");
    this.data = this.key("data", "dynamodb");
    this.data.addToResourcePolicy(this.through("dynamodb", ["kms:CreateGrant"]));
    this.secrets = this.key("secrets", "secretsmanager");
    this.alarms = this.key("alarms", "sns");
    for (const service of ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"]) {
      this.alarms.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(service)],
          actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
          resources: ["*"],
          conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
        }),
      );
    }
  }

  private key(name: string, service: string): Key {
    const key = new Key(this, name, {
      alias: `alias/${this.names.of(name)}`,
      description: `${this.names.house}: ${name}`,
      enableKeyRotation: true,
      removalPolicy: this.removal,
    });
    key.addToResourcePolicy(this.through(service, USES));
    return key;
  }

  /** In a key's own policy `*` is this key. */
  private through(service: string, actions: string[]): PolicyStatement {
    const { account, region, urlSuffix } = Stack.of(this);
    return new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new AnyPrincipal()],
      actions,
      resources: ["*"],
      conditions: {
        StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `${service}.${region}.${urlSuffix}` },
      },
    });
  }
}
