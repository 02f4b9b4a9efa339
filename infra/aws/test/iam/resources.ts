import { list, type Statement } from "./evaluate.ts";
import { Resolver, type Templates } from "./resolve.ts";

/** What the policy of a queue, a key, a topic or a bucket allows somebody. */
export interface Opening {
  readonly at: string;
  readonly who: readonly string[];
  readonly actions: readonly string[];
  readonly conditions: readonly string[];
}

/** Where each type of resource keeps its policy. */
const POLICIES: Readonly<Record<string, string>> = {
  "AWS::SQS::QueuePolicy": "PolicyDocument",
  "AWS::SNS::TopicPolicy": "PolicyDocument",
  "AWS::S3::BucketPolicy": "PolicyDocument",
  "AWS::KMS::Key": "KeyPolicy",
  "AWS::SecretsManager::ResourcePolicy": "ResourcePolicy",
  "AWS::DynamoDB::Table": "ResourcePolicy",
  "AWS::Events::EventBusPolicy": "Statement",
};

/** Everything that the resources of `templates` themselves allow. */
export function openings(templates: Templates): readonly Opening[] {
  return Object.entries(templates).flatMap(([stack, template]) => {
    const resolver = new Resolver(template, templates);
    return Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
      const policy = Properties?.[POLICIES[Type] ?? ""] as
        | { Statement?: Statement | Statement[] }
        | undefined;
      const allowed = list(policy?.Statement).filter(({ Effect }) => Effect === "Allow");
      return allowed.map((one) => opening(`${stack}/${id} (${Type})`, one, resolver));
    });
  });
}

function opening(at: string, statement: Statement & { Principal?: unknown }, resolver: Resolver): Opening {
  const { Principal } = statement;
  const named =
    typeof Principal === "string" ? [Principal] : Object.values(Principal ?? {}).flatMap((one) => list(one));
  return {
    at,
    who: named.map((one) => resolver.text(one)),
    actions: list(statement.Action).map((one) => resolver.text(one)),
    conditions: Object.values(statement.Condition ?? {}).flatMap((keys) => Object.keys(keys)),
  };
}
