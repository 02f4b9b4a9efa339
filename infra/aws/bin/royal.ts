import { App } from "aws-cdk-lib";
import { royal } from "../lib/app.ts";

royal(new App());
