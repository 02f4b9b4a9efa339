import { type App, RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnScheduleGroup } from "aws-cdk-lib/aws-scheduler";
import type { Context } from "../context.ts";
import { bus } from "./bus.ts";
import { Keys } from "./keys.ts";
import { People } from "./people.ts";
import { table } from "./table.ts";
import { topics } from "./topics.ts";

/** What all functions share: table, bus, keys, people, topics of alarms. */
export class CoreStack extends Stack {
  constructor(app: App, context: Context) {
    super(app, context.names.stack("core"), {
      description: "Royal Equips Orchestrator: what all functions share",
    });
    const { environment, names } = context;
    const removal = environment.keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const keys = new Keys(this, names, removal);
    const { tableStreamArn } = table(this, context, keys.data, removal);
    names.tell(this, "table-stream", tableStreamArn ?? "");
    bus(this, names);
    new CfnScheduleGroup(this, "Schedules", { name: names.house });
    topics(this, context, keys.alarms);
    const people = new People(this, context, removal);
    names.tell(this, "issuer", people.issuer);
    names.tell(this, "audience", people.audience);
    names.tell(this, "sign-in-url", people.signInUrl);
  }
}
