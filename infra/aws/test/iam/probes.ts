import type { Catalog, FunctionEntry } from "../../lib/catalog.ts";
import type { Names } from "../../lib/names.ts";
import { list, type Request } from "./evaluate.ts";
import { PLACE } from "./resolve.ts";
import type { World } from "./world.ts";

/** Something sensitive that a function could try, and who may do it by the catalogue. */
export interface Probe extends Request {
  /** In words. */
  readonly what: string;
  readonly may: (who: FunctionEntry) => boolean;
}

type May = Probe["may"];
const nobody: May = () => false;
const everybody: May = () => true;

const READS = ["GetItem", "BatchGetItem", "Query", "ConditionCheckItem"];
const WRITES = ["PutItem", "UpdateItem", "DeleteItem"];
/** What reaches rows around their keys, or needs no grant here: nobody has it. */
const AROUND = ["Scan", "BatchWriteItem", "PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"];
const OF_THE_TABLE = [
  "DeleteTable",
  "UpdateTable",
  "UpdateTimeToLive",
  "UpdateContinuousBackups",
  "PutResourcePolicy",
  "CreateBackup",
  "RestoreTableToPointInTime",
  "ExportTableToPointInTime",
  "EnableKinesisStreamingDestination",
];
/** The index whose keys are days, and the grant that reads it. */
const BY_DAY = { index: /\/index\/by_day$/, kind: "DAY#" };
/** Rows that decide, even if no function were granted them any more. */
const SENSITIVE = [
  "ACTION#",
  "POLICY#",
  "POINTER#",
  "CONTROL#",
  "GOAL#",
  "BUDGET#",
  "DIGEST#",
  "DELEGATION#",
];
/** Rows that are not there: what begins like one that is, and what nobody thought of. */
const STRANGE = ["ACTION", "ACTIONS#", "APPROVAL#", "TASK", "OTHER#", "#", ""];

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

function probe(
  what: string,
  action: string,
  resource: string,
  may: May,
  context: Request["context"] = {},
): Probe {
  return { what, action, resource, context, may };
}

/** Every operation on rows × every kind of row × table and indexes. */
function rows(catalog: Catalog, { table: whole, indexes }: World): readonly Probe[] {
  const granted = catalog.functions.flatMap(({ grants }) => [...grants.reads, ...grants.writes]);
  const kinds = [...new Set([...granted, ...SENSITIVE, ...STRANGE])];
  const of = (operation: string, where: string, may: (kind: string) => May) =>
    kinds.map((kind) => {
      const context = { "dynamodb:LeadingKeys": [`${kind}1`] };
      return probe(`${operation} ${kind}… of ${where}`, `dynamodb:${operation}`, where, may(kind), context);
    });
  const none = () => nobody;
  return [
    ...READS.flatMap((one) => of(one, whole, one === "ConditionCheckItem" ? either : reads)),
    ...WRITES.flatMap((one) => of(one, whole, writes)),
    ...AROUND.flatMap((one) => of(one, whole, none)),
    ...indexes.flatMap((index) => [
      ...of("Query", index, BY_DAY.index.test(index) ? days : reads),
      ...[...WRITES, ...AROUND].flatMap((one) => of(one, index, none)),
    ]),
  ];
}

const days = (kind: string): May =>
  kind === BY_DAY.kind ? (who) => who.grants.reads.includes(kind) : nobody;
const reads = (kind: string): May =>
  kind === BY_DAY.kind ? nobody : (who) => who.grants.reads.includes(kind);
const writes =
  (kind: string): May =>
  (who) =>
    who.grants.writes.includes(kind);
const either =
  (kind: string): May =>
  (who) =>
    reads(kind)(who) || writes(kind)(who);

/** The table without a key, with a key that is granted beside one that is not, and as a whole. */
function table({ table: whole, indexes, stream }: World): readonly Probe[] {
  const all = [...READS, ...WRITES, ...AROUND];
  const mixed = { "dynamodb:LeadingKeys": ["FACT#1", "CONTROL#1", "TASK#1", "ACTION#1", "NOBODYS#1"] };
  const other = whole.replace(/[^/]+$/, "other");
  const follows: May = (who) => who.wakes.includes("stream");
  return [
    ...[whole, ...indexes].flatMap((where) =>
      all.map((one) => probe(`${one} of ${where} without a key`, `dynamodb:${one}`, where, nobody)),
    ),
    ...all.map((one) =>
      probe(`${one} of granted and other rows at once`, `dynamodb:${one}`, whole, nobody, mixed),
    ),
    ...all.map((one) =>
      probe(`${one} of another table`, `dynamodb:${one}`, other, nobody, {
        "dynamodb:LeadingKeys": ["TASK#1"],
      }),
    ),
    ...OF_THE_TABLE.map((one) => probe(`${one} of the table`, `dynamodb:${one}`, whole, nobody)),
    ...["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map((one) =>
      probe(`${one} of the stream`, `dynamodb:${one}`, stream, follows),
    ),
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
