import { type App, Stack } from "aws-cdk-lib";
import type { Context } from "../context.ts";

/** What all functions share: table, bus, keys, people, topics of alarms. */
export class CoreStack extends Stack {
  constructor(app: App, context: Context) {
    super(app, context.names.stack("core"), {
      description: "Royal Equips Orchestrator: what all functions share",
    });
  }
}
