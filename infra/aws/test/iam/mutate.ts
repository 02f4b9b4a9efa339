import type { Statement } from "./evaluate.ts";
import type { Templates } from "./resolve.ts";

/** A statement as it stands in a template, to be changed. */
export type Loose = {
  -readonly [K in keyof Statement]: K extends "Condition" ? Record<string, Record<string, unknown>> : unknown;
};

/** `templates` with every statement of the policies of `owner`'s role changed by `change`, and what it returns added. */
export function mutated(
  templates: Templates,
  owner: string,
  change: (statement: Loose) => undefined | Loose | readonly Loose[],
): Templates {
  const copy = structuredClone(templates) as Templates;
  let touched = 0;
  for (const { Resources } of Object.values(copy)) {
    const role = roleOf(Resources, owner);
    if (role === undefined) continue;
    for (const policy of Object.values(Resources)) {
      const attached = JSON.stringify(policy.Properties?.Roles ?? []).includes(`"${role}"`);
      const own =
        policy === Resources[role] ? (policy.Properties?.Policies as Attached[] | undefined) : undefined;
      const documents = attached ? [policy.Properties as unknown as Attached] : (own ?? []);
      for (const { PolicyDocument } of documents) {
        const more = PolicyDocument.Statement.flatMap((one) => change(one) ?? []);
        PolicyDocument.Statement.push(...more);
        touched += 1;
      }
    }
  }
  if (touched === 0) throw new Error(`${owner} has no policy to change`);
  return copy;
}

interface Attached {
  readonly PolicyDocument: { readonly Statement: Loose[] };
}

function roleOf(resources: Templates[string]["Resources"], owner: string): string | undefined {
  const found = Object.values(resources).find(
    ({ Type, Properties }) => Type === "AWS::Lambda::Function" && Properties?.FunctionName === owner,
  );
  const role = found?.Properties?.Role as { "Fn::GetAtt"?: readonly string[] } | undefined;
  return role?.["Fn::GetAtt"]?.[0];
}
