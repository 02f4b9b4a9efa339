import { App } from "aws-cdk-lib";
import { check } from "../checks/checks.ts";
import { royal } from "../lib/app.ts";

const app = new App();
try {
  royal(app);
} catch (error) {
  // What we throw ourselves says all there is to say; where it was thrown helps nobody.
  if (!(error instanceof Error) || error.constructor !== Error) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
check(app);
