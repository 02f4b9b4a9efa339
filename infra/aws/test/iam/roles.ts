import { list, type Statement } from "./evaluate.ts";
import { Resolver, type Resource, type Template, type Templates } from "./resolve.ts";

/** A role, and all that its policies say, references resolved. */
export interface Role {
  readonly stack: string;
  readonly id: string;
  /** Services that may take it. */
  readonly trusts: readonly string[];
  readonly statements: readonly Statement[];
}

/** A function of a template, with the role that it runs under. */
export interface Runner {
  readonly stack: string;
  readonly id: string;
  readonly name: string | undefined;
  readonly role: Role;
}

type Document = { readonly Statement?: Statement | readonly Statement[] };

/** All roles of all templates. A managed policy is none of ours, so a role that has one cannot be judged. */
export function roles(all: Templates): readonly Role[] {
  return Object.entries(all).flatMap(([stack, template]) =>
    of(template, "AWS::IAM::Role").map(([id, resource]) => role(all, stack, id, resource)),
  );
}

/** All functions of all templates. */
export function runners(all: Templates): readonly Runner[] {
  const known = roles(all);
  return Object.entries(all).flatMap(([stack, template]) =>
    of(template, "AWS::Lambda::Function").map(([id, { Properties }]) => {
      const name = Properties?.FunctionName;
      const taken = roleId(Properties?.Role);
      const role = known.find((one) => one.stack === stack && one.id === taken);
      if (!role) throw new Error(`${stack}/${id} runs under a role that is not in its template`);
      return {
        stack,
        id,
        name: name === undefined ? undefined : new Resolver(template, all).text(name),
        role,
      };
    }),
  );
}

function role(all: Templates, stack: string, id: string, resource: Resource): Role {
  const template = all[stack] as Template;
  const resolver = new Resolver(template, all);
  const own = list(resource.Properties?.Policies as { PolicyDocument: Document } | undefined);
  const attached = of(template, "AWS::IAM::Policy").filter(([, policy]) =>
    list(policy.Properties?.Roles as unknown).some((one) => roleId(one) === id),
  );
  const managed = list(resource.Properties?.ManagedPolicyArns as unknown);
  const documents = [
    ...own.map((one) => one.PolicyDocument),
    ...attached.map(([, policy]) => policy.Properties?.PolicyDocument as Document),
    ...managed.map((arn) => known(resolver.text(arn))),
  ];
  const trust = resource.Properties?.AssumeRolePolicyDocument as Document;
  return {
    stack,
    id,
    trusts: list(trust.Statement).flatMap((one) => trusted(resolver, one)),
    statements: documents.flatMap((one) => list(one.Statement)).map((one) => resolved(resolver, one)),
  };
}

/** Managed policies of AWS that are in use, as far as AWS publishes what they allow. */
const MANAGED: Readonly<Record<string, readonly string[]>> = {
  AWSLambdaBasicExecutionRole: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  AWSCodeDeployRoleForLambdaLimited: [
    "cloudwatch:DescribeAlarms",
    "lambda:GetAlias",
    "lambda:UpdateAlias",
    "lambda:GetProvisionedConcurrencyConfig",
  ],
  AmazonAPIGatewayPushToCloudWatchLogs: [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ],
};

function known(arn: string): Document {
  const Action = MANAGED[arn.replace(/^.*\//, "")];
  if (Action) return { Statement: { Effect: "Allow", Action, Resource: "*" } };
  throw new Error(
    `what the managed policy ${arn} allows is not known here: write out what is needed instead`,
  );
}

function trusted(resolver: Resolver, statement: Statement): readonly string[] {
  const { Principal } = statement as { Principal?: { Service?: unknown } };
  return list(Principal?.Service).map((one) => resolver.text(one));
}

function resolved(resolver: Resolver, statement: Statement): Statement {
  const texts = (value: unknown) =>
    value === undefined ? undefined : list(value).map((one) => resolver.text(one));
  return {
    Effect: statement.Effect,
    ...drop({
      Action: texts(statement.Action),
      NotAction: texts(statement.NotAction),
      Resource: texts(statement.Resource),
      NotResource: texts(statement.NotResource),
      Condition: resolver.value(statement.Condition) as Statement["Condition"],
    }),
  };
}

function drop<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function of(template: Template, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

function roleId(value: unknown): string | undefined {
  const { Ref, "Fn::GetAtt": attribute } = (value ?? {}) as {
    Ref?: string;
    "Fn::GetAtt"?: readonly string[];
  };
  return Ref ?? attribute?.[0];
}
