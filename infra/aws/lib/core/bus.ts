import { Duration } from "aws-cdk-lib";
import { Archive, EventBus } from "aws-cdk-lib/aws-events";
import type { Construct } from "constructs";
import type { Names } from "../names.ts";

/** For how long what happened can be played once more. */
const KEPT = Duration.days(30);

/** The bus on which the relay tells what was committed, and its archive. */
export function bus(scope: Construct, names: Names): void {
  const bus = new EventBus(scope, "Bus", { eventBusName: names.house });
  new Archive(scope, "Archive", {
    archiveName: names.house,
    sourceEventBus: bus,
    eventPattern: { source: ["royal"] },
    retention: KEPT,
  });
}
