import { describe, expect, test } from "vitest";
import { readCatalog } from "../lib/catalog.ts";
import { environment } from "../lib/environments.ts";
import { Names } from "../lib/names.ts";
import { differences, others } from "./iam/compare.ts";
import { list } from "./iam/evaluate.ts";
import { type Loose, mutated } from "./iam/mutate.ts";
import { probes } from "./iam/probes.ts";
import { world } from "./iam/world.ts";
import { EVERYTHING, made, templates } from "./synth.ts";

const catalog = readCatalog();
const app = made();
const names = new Names(environment(app.node));
const all = templates(app);
const agent = catalog.functions.find(({ kind, name }) => kind === "agent" && name !== "ceo")?.name ?? "";

describe("every function", () => {
  test("may do exactly what the catalogue grants", () => {
    expect(differences(catalog, names, all)).toEqual([]);
  });

  test("may do the same with every switch", () => {
    const switched = made(EVERYTHING);
    const prod = new Names(environment(switched.node));
    expect(differences(catalog, prod, templates(switched))).toEqual([]);
  });

  test("is asked about everything that is sensitive", () => {
    const asked = probes(catalog, names, world(all));
    const granted = (one: (typeof asked)[number]) => catalog.functions.some((who) => one.may(who));
    expect(asked.filter(granted).length).toBeGreaterThan(100);
    expect(asked.length * catalog.functions.length).toBeGreaterThan(10_000);
    for (const kind of ["ACTION#", "POLICY#", "POINTER#", "CONTROL#"]) {
      expect(asked.some(({ action, what }) => action === "dynamodb:PutItem" && what.includes(kind))).toBe(
        true,
      );
    }
  });

  test("that is an agent can write no decision, approval or grant", () => {
    const agents = catalog.functions.filter(({ kind, name }) => kind === "agent" && name !== "ceo");
    expect(agents.length).toBeGreaterThan(3);
    for (const { grants } of agents) expect(grants.writes).not.toContain("ACTION#");
  });
});

test("roles that are no function's can send to queues and write logs, and nothing else that is sensitive", () => {
  const harmless = /^(sqs:SendMessage arn:aws:sqs:\S+|logs:(CreateLogStream|PutLogEvents|GetLogEvents) \S+)$/;
  const strange = [...others(catalog, names, all)].flatMap(([role, can]) =>
    can.filter((one) => !harmless.test(one)).map((one) => `${role}: ${one}`),
  );
  expect(strange).toEqual([]);
});

const rows = (action: string, ...kinds: string[]): Loose => ({
  Effect: "Allow",
  Action: action,
  Resource: world(all).table,
  Condition: {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": kinds },
    Null: { "dynamodb:LeadingKeys": "false" },
  },
});
const has = (statement: Loose, action: string) => list(statement.Action as string).includes(action);
const once = (more: Loose) => {
  let done = false;
  return (): Loose | undefined => {
    if (done) return undefined;
    done = true;
    return more;
  };
};
const allow = (Action: string, Resource: string) => once({ Effect: "Allow", Action, Resource });
const secretOf = (name: string) => `arn:aws:secretsmanager:*:*:secret:${names.secrets}${name}-??????`;

/** What somebody could change by mistake or on purpose, in whose role, and what has to be noticed. */
const mutations: readonly (readonly [
  string,
  string,
  (statement: Loose) => undefined | Loose | readonly Loose[],
  RegExp,
])[] = [
  ["an agent writes decisions", agent, once(rows("dynamodb:PutItem", "ACTION#*")), /more.*PutItem ACTION#/],
  [
    "an agent writes approvals",
    agent,
    once(rows("dynamodb:UpdateItem", "APPROVAL#*")),
    /more.*UpdateItem APPROVAL#/,
  ],
  [
    "an agent lifts the stop",
    agent,
    once(rows("dynamodb:DeleteItem", "CONTROL#*")),
    /more.*DeleteItem CONTROL#/,
  ],
  [
    "an agent publishes a policy",
    agent,
    once(rows("dynamodb:PutItem", "POINTER#*")),
    /more.*PutItem POINTER#/,
  ],
  ["a prefix without its end", agent, once(rows("dynamodb:PutItem", "TASK*")), /more.*PutItem TASK…/],
  ["every kind of row", agent, once(rows("dynamodb:Query", "*")), /more.*Query APPROVAL#/],
  [
    "a condition that holds where there is no key",
    agent,
    (one) => {
      if (one.Condition && "Null" in one.Condition) delete one.Condition.Null;
      return undefined;
    },
    /more.*without a key/,
  ],
  [
    "no condition at all",
    agent,
    (one) => {
      if (has(one, "dynamodb:PutItem")) delete one.Condition;
      return undefined;
    },
    /more.*PutItem ACTION#/,
  ],
  ["a scan", agent, allow("dynamodb:Scan", world(all).table), /more.*Scan/],
  ["everything of the table", agent, allow("dynamodb:*", world(all).table), /more.*DeleteTable/],
  [
    "every table",
    agent,
    once({ ...rows("dynamodb:PutItem", "TASK#*"), Resource: "*" }),
    /more.*of another table/,
  ],
  [
    "every table that there is, for what is granted",
    agent,
    (one) => {
      if (has(one, "dynamodb:PutItem")) one.Resource = "*";
      return undefined;
    },
    /more.*of another table/,
  ],
  [
    "an executor's secret",
    agent,
    allow("secretsmanager:GetSecretValue", secretOf("shopify-token")),
    /more.*secret shopify-token/,
  ],
  [
    "another's secret",
    "storefront",
    allow("secretsmanager:GetSecretValue", secretOf("slack-webhook")),
    /more.*secret slack-webhook/,
  ],
  ["all secrets", "storefront", allow("secretsmanager:GetSecretValue", "*"), /more.*secret nobodys/],
  [
    "a message to an executor",
    agent,
    allow("sqs:SendMessage", "arn:aws:sqs:*:*:*-storefront"),
    /more.*SendMessage/,
  ],
  ["an event", agent, allow("events:PutEvents", world(all).bus), /more.*PutEvents on the bus/],
  ["a word to people who watch", agent, allow("execute-api:ManageConnections", "*"), /more.*open connection/],
  ["a key by hand", agent, allow("kms:Decrypt", "*"), /more.*Decrypt with the key/],
  ["another function", agent, allow("lambda:InvokeFunction", "*"), /more.*InvokeFunction/],
  ["a role", agent, allow("sts:AssumeRole", "*"), /more.*AssumeRole/],
  [
    "what nobody thought of",
    agent,
    allow("ec2:RunInstances", "*"),
    /`ec2:RunInstances`, which nothing here asks about/,
  ],
  [
    "a denial of what is granted",
    agent,
    once({ ...rows("dynamodb:PutItem", "*"), Effect: "Deny" }),
    /lacks.*PutItem TASK#/,
  ],
  [
    "a grant that is missing",
    "gate",
    (one) => {
      if (has(one, "dynamodb:PutItem")) one.Action = "dynamodb:UpdateItem";
      return undefined;
    },
    /lacks.*PutItem ACTION#/,
  ],
  [
    "a queue that it cannot read",
    "gate",
    (one) => {
      if (has(one, "sqs:DeleteMessage")) one.Effect = "Deny";
      return undefined;
    },
    /lacks.*DeleteMessage of/,
  ],
];

describe("it is noticed when a role gets or loses", () => {
  test.each(mutations)("%s", (_what, owner, change, noticed) => {
    const found = differences(catalog, names, mutated(all, names.of(owner), change));
    expect(found.join("\n")).toMatch(noticed);
    expect(found.every((one) => one.includes(owner))).toBe(true);
  });
});
