import { App } from "aws-cdk-lib";
import { check } from "../checks/checks.ts";
import { royal } from "../lib/app.ts";

const app = new App();
royal(app);
check(app);
