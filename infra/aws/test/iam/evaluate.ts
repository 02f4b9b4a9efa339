/**
 * Says whether IAM would let a request through: what "Policy evaluation logic" in the IAM user guide describes, for
 * identity policies. A part of the language that is not known here is an error, never a guess.
 */

/** One statement of a policy, with every reference already resolved to text. */
export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What somebody wants to do. A key of the context that is absent is absent in the request. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

/** Whether `statements` let `request` through: one allows it, and none denies it. */
export function allows(statements: readonly Statement[], request: Request): boolean {
  const effects = statements.filter((statement) => matches(statement, request)).map((one) => one.Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

/** A value, or several, as a list. */
export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

const patterns = new Map<string, RegExp>();

/** Whether `text` is what `pattern` describes; `*` is any text and `?` any one character. */
export function like(pattern: string, text: string, ignoreCase = false): boolean {
  const key = `${ignoreCase} ${pattern}`;
  const known = patterns.get(key) ?? compiled(pattern, ignoreCase);
  patterns.set(key, known);
  return known.test(text);
}

function compiled(pattern: string, ignoreCase: boolean): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, ignoreCase ? "is" : "s");
}

function matches(statement: Statement, request: Request): boolean {
  const isAction = (pattern: string) => like(pattern, request.action, true);
  const isResource = (pattern: string) => like(pattern, request.resource);
  const action = statement.NotAction
    ? !list(statement.NotAction).some(isAction)
    : list(statement.Action).some(isAction);
  const resource = statement.NotResource
    ? !list(statement.NotResource).some(isResource)
    : list(statement.Resource).some(isResource);
  return action && resource && conditions(statement, request.context);
}

function conditions(statement: Statement, context: Request["context"]): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, list(wanted).map(String), context[key])),
  );
}

type Compare = (wanted: string, found: string) => boolean;

const COMPARE: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringEqualsIgnoreCase: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
  StringLike: (wanted, found) => like(wanted, found),
  ArnEquals: (wanted, found) => like(wanted, found),
  ArnLike: (wanted, found) => like(wanted, found),
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
};

/** One condition. With several values in the request only `ForAllValues` and `ForAnyValue` mean something. */
function holds(operator: string, wanted: readonly string[], found: readonly string[] | undefined): boolean {
  const values = found ?? [];
  if (operator === "Null") return wanted.some((one) => (one === "true") === (values.length === 0));
  const { set, name, ifExists } = parts(operator);
  const is = (value: string) => compare(operator, name, wanted, value);
  if (set === "ForAllValues") return values.every(is);
  if (values.length === 0) return ifExists || isNegative(name);
  if (set === "ForAnyValue" || values.length === 1) return values.some(is);
  throw new Error(`\`${operator}\` is asked about a key with several values`);
}

function parts(operator: string) {
  const set = /^(ForAllValues|ForAnyValue):/.exec(operator)?.[1];
  const bare = set ? operator.slice(set.length + 1) : operator;
  const ifExists = bare.endsWith("IfExists");
  return { set, name: ifExists ? bare.slice(0, -"IfExists".length) : bare, ifExists };
}

const isNegative = (name: string) => /^(String|Arn)Not/.test(name);

function compare(operator: string, name: string, wanted: readonly string[], found: string): boolean {
  const known = COMPARE[name.replace("Not", "")];
  if (!known) throw new Error(`the condition operator \`${operator}\` is not known here`);
  return wanted.some((one) => known(one, found)) !== isNegative(name);
}
