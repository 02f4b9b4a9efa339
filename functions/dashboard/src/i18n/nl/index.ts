import type { Messages } from "../en";
import { common } from "./common";
import { nav } from "./nav";
import { problems } from "./problems";

/** Nederlands. Only what the frame needs: a view brings its own words (`words`). */
export const nl: Messages = { common, nav, problems };
