import { PLACE, Resolver, type Resource, type Templates } from "./resolve.ts";

/** What there is to be reached, by ARN, as the templates make it. */
export interface World {
  readonly table: string;
  readonly indexes: readonly string[];
  readonly stream: string;
  readonly bus: string;
  /** Queues by name. */
  readonly queues: ReadonlyMap<string, string>;
  /** Functions by name. */
  readonly functions: ReadonlyMap<string, string>;
  /** Log groups by name. */
  readonly logs: ReadonlyMap<string, string>;
  readonly keys: readonly string[];
  /** One connection of each WebSocket API. */
  readonly connections: readonly string[];
}

const arn = (service: string, rest: string) =>
  `arn:${PLACE.partition}:${service}:${PLACE.region}:${PLACE.account}:${rest}`;

/** All of `templates`. */
export function world(templates: Templates): World {
  const table = only(named(templates, "AWS::DynamoDB::Table", "TableName"), "table");
  const prefix = arn("dynamodb", `table/${table.name}`);
  const indexes = (table.resource.Properties?.GlobalSecondaryIndexes ?? []) as { IndexName: string }[];
  const buses = named(templates, "AWS::Events::EventBus", "Name").filter(
    (one) => !one.resource.Properties?.EventSourceName,
  );
  const map = (type: string, property: string, of: (name: string) => string) =>
    new Map(named(templates, type, property).map(({ name }) => [name, of(name)]));
  return {
    table: prefix,
    indexes: indexes.map(({ IndexName }) => `${prefix}/index/${IndexName}`),
    stream: `${table.id}.StreamArn`,
    bus: arn("events", `event-bus/${only(buses, "bus").name}`),
    queues: map("AWS::SQS::Queue", "QueueName", (name) => arn("sqs", name)),
    functions: map("AWS::Lambda::Function", "FunctionName", (name) => arn("lambda", `function:${name}`)),
    logs: map("AWS::Logs::LogGroup", "LogGroupName", (name) =>
      arn("logs", `log-group:${name}:log-stream:one`),
    ),
    keys: all(templates, "AWS::KMS::Key").map(({ id }) => arn("kms", `key/${id}`)),
    connections: all(templates, "AWS::ApiGatewayV2::Api")
      .filter(({ resource }) => resource.Properties?.ProtocolType === "WEBSOCKET")
      .map(({ id }) => arn("execute-api", `${id}/live/POST/@connections/one=`)),
  };
}

interface Found {
  readonly id: string;
  readonly name: string;
  readonly resource: Resource;
}

function all(
  templates: Templates,
  type: string,
): readonly { readonly id: string; readonly resource: Resource }[] {
  return Object.values(templates).flatMap(({ Resources }) =>
    Object.entries(Resources).flatMap(([id, resource]) => (resource.Type === type ? [{ id, resource }] : [])),
  );
}

function named(templates: Templates, type: string, property: string): readonly Found[] {
  return Object.values(templates).flatMap((template) => {
    const resolver = new Resolver(template, templates);
    return Object.entries(template.Resources).flatMap(([id, resource]) => {
      const name = resource.Properties?.[property];
      return resource.Type === type && name !== undefined
        ? [{ id, name: resolver.text(name), resource }]
        : [];
    });
  });
}

function only<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  throw new Error(`there are ${found.length} of what there is one of: a ${what}`);
}
