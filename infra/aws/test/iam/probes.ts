import type { Catalog } from "../../lib/catalog.ts";
import type { Names } from "../../lib/names.ts";
import { list } from "./evaluate.ts";
import { everybody, type May, nobody, type Probe, probe } from "./probe.ts";
import { PLACE } from "./resolve.ts";
import { rows, table } from "./rows.ts";
import type { World } from "./world.ts";

/** All probes of `catalog` in `world`. */
export function probes(catalog: Catalog, names: Names, world: World): readonly Probe[] {
  return [
    ...rows(catalog, world),
    ...table(world),
    ...messages(names, world),
    ...secrets(catalog, names),
    ...keys(world),
    ...own(names, world),
    ...elsewhere(names, world),
  ];
}

/** Queues, the bus, open connections. */
function messages(names: Names, { queues, bus, connections }: World): readonly Probe[] {
  const sends: May = (who) => who.grants.sends;
  const takes = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];
  const keeps = [
    "ChangeMessageVisibility",
    "PurgeQueue",
    "DeleteQueue",
    "SetQueueAttributes",
    "AddPermission",
    "StartMessageMoveTask",
  ];
  const ofQueue = ([name, arn]: readonly [string, string]) => {
    const isDead = name.endsWith("-dead");
    const drops: May = (who) =>
      (who.wakes.includes("stream") && names.dead(who.name) === name) ||
      (who.name === "webhooks" && names.dead("partner") === name);
    const owns: May = (who) => who.wakes.includes("queue") && names.of(who.name) === name;
    return [
      probe(`SendMessage to ${name}`, "sqs:SendMessage", arn, isDead ? drops : sends),
      ...takes.map((one) => probe(`${one} of ${name}`, `sqs:${one}`, arn, owns)),
      ...keeps.map((one) => probe(`${one} of ${name}`, `sqs:${one}`, arn, nobody)),
    ];
  };
  const foreign = bus.replace(/[^/]+$/, "default");
  return [
    ...[...queues].flatMap(ofQueue),
    probe(
      "SendMessage to a queue of somebody else",
      "sqs:SendMessage",
      bus.replace(/:events:(.*):.*$/, ":sqs:$1:other"),
      nobody,
    ),
    probe("PutEvents on the bus", "events:PutEvents", bus, sends),
    probe("PutEvents on the account's own bus", "events:PutEvents", foreign, nobody),
    ...["PutRule", "PutTargets", "RemoveTargets", "DeleteRule"].map((one) =>
      probe(one, `events:${one}`, bus, nobody),
    ),
    ...connections.map((one) =>
      probe(
        "writing to an open connection",
        "execute-api:ManageConnections",
        one,
        (who) => who.grants.pushes,
      ),
    ),
    ...connections.map((one) => probe("calling the API", "execute-api:Invoke", one, nobody)),
  ];
}

/** Every secret, and what could change one. */
function secrets(catalog: Catalog, names: Names): readonly Probe[] {
  const all = [...new Set([...catalog.functions.flatMap(({ grants }) => grants.secrets), "nobodys"])];
  const changes = ["PutSecretValue", "UpdateSecret", "DeleteSecret", "PutResourcePolicy", "ListSecrets"];
  return all.flatMap((secret) => {
    const arn = `arn:${PLACE.partition}:secretsmanager:${PLACE.region}:${PLACE.account}:secret:${names.secrets}${secret}-a1B2c3`;
    const longer = arn.replace(/-a1B2c3$/, "-of-another-a1B2c3");
    const reads: May = (who) => who.grants.secrets.includes(secret);
    return [
      probe(`reading the secret ${secret}`, "secretsmanager:GetSecretValue", arn, reads),
      probe(`reading a secret that begins like ${secret}`, "secretsmanager:GetSecretValue", longer, nobody),
      ...changes.map((one) => probe(`${one} of ${secret}`, `secretsmanager:${one}`, arn, nobody)),
    ];
  });
}

/** Keys: nobody uses one by hand, and nobody changes one. */
function keys({ keys: all }: World): readonly Probe[] {
  const uses = ["Decrypt", "Encrypt", "GenerateDataKey", "Sign", "ReEncryptFrom"];
  const changes = ["PutKeyPolicy", "ScheduleKeyDeletion", "DisableKey", "CreateGrant", "UpdateAlias"];
  return all.flatMap((key) =>
    [...uses, ...changes].map((one) =>
      probe(`${one} with the key ${key} by hand`, `kms:${one}`, key, nobody),
    ),
  );
}

/** What each function does for itself: its log, its traces. */
function own(names: Names, { logs }: World): readonly Probe[] {
  const writes = ["CreateLogStream", "PutLogEvents"];
  const of = ([name, arn]: readonly [string, string]) => {
    const owns: May = (who) => names.log(who.name) === name;
    return [
      ...writes.map((one) => probe(`${one} in ${name}`, `logs:${one}`, arn, owns)),
      ...["DeleteLogGroup", "PutRetentionPolicy", "GetLogEvents"].map((one) =>
        probe(`${one} of ${name}`, `logs:${one}`, arn, nobody),
      ),
    ];
  };
  const traces = ["PutTraceSegments", "PutTelemetryRecords"];
  return [...[...logs].flatMap(of), ...traces.map((one) => probe(one, `xray:${one}`, "*", everybody))];
}

/** Ways out of one's own role. */
function elsewhere(names: Names, { functions }: World): readonly Probe[] {
  const account = `arn:${PLACE.partition}:iam::${PLACE.account}`;
  const parameter = `arn:${PLACE.partition}:ssm:${PLACE.region}:${PLACE.account}:parameter${names.parameter("issuer")}`;
  const pool = `arn:${PLACE.partition}:cognito-idp:${PLACE.region}:${PLACE.account}:userpool/pool`;
  const actions: readonly (readonly [string, string | readonly string[]])[] = [
    [`${account}:role/any`, ["iam:PassRole", "sts:AssumeRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"]],
    [`${account}:user/any`, ["iam:CreateAccessKey"]],
    [parameter, ["ssm:GetParameter", "ssm:PutParameter"]],
    [
      pool,
      ["cognito-idp:AdminAddUserToGroup", "cognito-idp:AdminCreateUser", "cognito-idp:AdminSetUserPassword"],
    ],
    ["arn:aws:s3:::any/object", ["s3:GetObject", "s3:PutObject"]],
    [`arn:aws:sns:${PLACE.region}:${PLACE.account}:any`, ["sns:Publish"]],
    [
      "*",
      ["scheduler:CreateSchedule", "cloudwatch:PutMetricData", "cloudformation:UpdateStack", "ses:SendEmail"],
    ],
  ];
  const code = ["lambda:InvokeFunction", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"];
  return [
    ...actions.flatMap(([resource, all]) =>
      list(all).map((one) => probe(`${one} on ${resource}`, one, resource, nobody)),
    ),
    ...[...functions].flatMap(([name, arn]) =>
      code.map((one) => probe(`${one} of ${name}`, one, arn, nobody)),
    ),
  ];
}
