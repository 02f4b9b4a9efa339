/** Reads templates as CloudFormation would: every reference becomes the text that it stands for. */

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A template, as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
}

/** All templates of one deployment, by the name of the stack. */
export type Templates = Readonly<Record<string, Template>>;

/** The place that templates are read for. */
export const PLACE = { partition: "aws", region: "eu-central-1", account: "111111111111" } as const;

const PSEUDO: Readonly<Record<string, string>> = {
  "AWS::Partition": PLACE.partition,
  "AWS::Region": PLACE.region,
  "AWS::AccountId": PLACE.account,
  "AWS::URLSuffix": "amazonaws.com",
};

/** Service, property of the name, and what stands before the name, of what is granted by its ARN. */
const ARNS: Readonly<Record<string, readonly [service: string, property: string, before: string]>> = {
  "AWS::DynamoDB::Table": ["dynamodb", "TableName", "table/"],
  "AWS::DynamoDB::GlobalTable": ["dynamodb", "TableName", "table/"],
  "AWS::SQS::Queue": ["sqs", "QueueName", ""],
  "AWS::Events::EventBus": ["events", "Name", "event-bus/"],
  "AWS::Lambda::Function": ["lambda", "FunctionName", "function:"],
  "AWS::Logs::LogGroup": ["logs", "LogGroupName", "log-group:"],
  "AWS::KMS::Key": ["kms", "", "key/"],
  "AWS::SNS::Topic": ["sns", "TopicName", ""],
};

/** Resolves the references of one template; what another stack hands on by a parameter is found there. */
export class Resolver {
  constructor(
    private readonly template: Template,
    private readonly all: Templates,
  ) {}

  /** `value` with every reference in it resolved. */
  value(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.value(one));
    if (typeof value !== "object" || value === null) return value;
    const [name, argument] = Object.entries(value)[0] ?? [];
    if (name === "Ref" || name?.startsWith("Fn::")) return this.intrinsic(name, argument);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.value(one)]));
  }

  /** `value` as text. */
  text(value: unknown): string {
    const resolved = this.value(value);
    if (typeof resolved === "string")
      return resolved.replace(/\{\{resolve:ssm:([^}:]+)\}\}/g, (_, name) => this.handedOn(name));
    if (typeof resolved === "number" || typeof resolved === "boolean") return String(resolved);
    throw new Error(`no text: ${JSON.stringify(value)}`);
  }

  private intrinsic(name: string, argument: unknown): unknown {
    switch (name) {
      case "Ref":
        return this.ref(String(argument));
      case "Fn::GetAtt":
        return this.attribute(argument);
      case "Fn::Join": {
        const [by, parts] = argument as [string, unknown[]];
        return parts.map((part) => this.text(part)).join(by);
      }
      case "Fn::Sub":
        return this.sub(argument);
      case "Fn::Select": {
        const [at, from] = argument as [number | string, unknown];
        return (this.value(from) as unknown[])[Number(at)];
      }
      case "Fn::Split": {
        const [by, text] = argument as [string, unknown];
        return this.text(text).split(by);
      }
      default:
        throw new Error(`\`${name}\` is not known here`);
    }
  }

  private ref(id: string): string {
    const parameter = this.template.Parameters?.[id];
    if (parameter?.Type.startsWith("AWS::SSM::")) return this.handedOn(parameter.Default ?? id);
    const known = PSEUDO[id] ?? parameter?.Default;
    if (known !== undefined) return known;
    const resource = this.template.Resources[id];
    const [, property] = ARNS[resource?.Type ?? ""] ?? [];
    const physical = property ? resource?.Properties?.[property] : undefined;
    return physical === undefined ? id : this.text(physical);
  }

  private attribute(argument: unknown): string {
    const [id = "", name = ""] = Array.isArray(argument) ? argument.map(String) : String(argument).split(".");
    const known = ARNS[this.template.Resources[id]?.Type ?? ""];
    if (!known || name !== "Arn") return `${id}.${name}`;
    const [service, , before] = known;
    return `arn:${PLACE.partition}:${service}:${PLACE.region}:${PLACE.account}:${before}${this.ref(id)}`;
  }

  private sub(argument: unknown): string {
    const [text, own] = (Array.isArray(argument) ? argument : [argument, {}]) as [
      string,
      Record<string, unknown>,
    ];
    return text.replace(/\$\{([^!}]+)\}/g, (_, name: string) => {
      if (name in own) return this.text(own[name]);
      return name.includes(".") ? this.attribute(name) : this.ref(name);
    });
  }

  /** The value that a stack keeps under `name` in Parameter Store. */
  private handedOn(name: string): string {
    for (const template of Object.values(this.all)) {
      const resolver = new Resolver(template, this.all);
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type === "AWS::SSM::Parameter" && resolver.text(Properties?.Name) === name)
          return resolver.text(Properties?.Value);
      }
    }
    throw new Error(`no stack hands on the parameter \`${name}\``);
  }
}
