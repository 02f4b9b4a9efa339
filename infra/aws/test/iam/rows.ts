import type { Catalog } from "../../lib/catalog.ts";
import { type May, nobody, type Probe, probe } from "./probe.ts";
import type { World } from "./world.ts";

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

/** Every operation on rows × every kind of row × table and indexes. */
export function rows(catalog: Catalog, { table: whole, indexes }: World): readonly Probe[] {
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
export function table({ table: whole, indexes, stream }: World): readonly Probe[] {
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
