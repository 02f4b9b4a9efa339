import type { Node } from "constructs";

/** Reads what the context says of one environment, and keeps all that is wrong with it, to be told at once. */
export class Settings {
  private readonly problems: string[] = [];

  constructor(
    private readonly node: Node,
    private readonly environment: string,
  ) {}

  /** Notes that `key` is wrong. */
  problem(key: string, what: string): void {
    this.problems.push(`context \`${key}\` ${what}`);
  }

  /** A switch. */
  flag(key: string, otherwise: boolean): boolean {
    const value = this.value(key) ?? otherwise;
    if (typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    this.problem(key, `is \`${value}\`: use true or false`);
    return otherwise;
  }

  /** One of `values`; the first if nothing is said. */
  oneOf<T extends string>(key: string, values: readonly [T, ...T[]]): T {
    const value = this.value(key) ?? values[0];
    const found = values.find((one) => one === value);
    if (found === undefined) this.problem(key, `is \`${value}\`: use ${values.join(" or ")}`);
    return found ?? values[0];
  }

  /** A text like `pattern`, which is `what`. */
  text(key: string, pattern: RegExp, what: string): string | undefined {
    const value = this.value(key);
    if (value === undefined || value === "") return undefined;
    if (typeof value === "string" && pattern.test(value)) return value;
    this.problem(key, `is \`${value}\`: write ${what}`);
    return undefined;
  }

  /** Texts like `pattern`, as a list or separated by `;`. */
  list(key: string, pattern: RegExp, what: string): readonly string[] {
    const value = this.value(key) ?? [];
    const all = Array.isArray(value) ? value.map(String) : String(value).split(";").filter(Boolean);
    const strange = all.find((one) => !pattern.test(one));
    if (strange !== undefined) this.problem(key, `has \`${strange}\`: write ${what}`);
    return all;
  }

  /** A number above zero. */
  number(key: string): number | undefined {
    const value = this.value(key);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (number > 0) return number;
    this.problem(key, `is \`${value}\`: write a number above zero`);
    return undefined;
  }

  /** Variables of the functions: `ROYAL_…`, none of them a secret. */
  variables(key: string): Readonly<Record<string, string>> {
    const value = this.value(key) ?? {};
    const variables = Object.entries(value as Record<string, unknown>);
    for (const [name] of variables) {
      if (!/^ROYAL_[A-Z_]+$/.test(name))
        this.problem(key, `has \`${name}\`: variables begin with \`ROYAL_\``);
      if (name.startsWith("ROYAL_SECRET_"))
        this.problem(key, `has \`${name}\`: keep secrets in Secrets Manager`);
    }
    return Object.fromEntries(variables.map(([name, one]) => [name, String(one)]));
  }

  /** Ends the reading. @throws with all that was wrong. */
  finish(): void {
    if (this.problems.length > 0) throw new Error(this.problems.join("\n"));
  }

  private value(key: string): unknown {
    const own = this.node.tryGetContext("environments")?.[this.environment];
    return this.node.tryGetContext(key) ?? own?.[key];
  }
}
