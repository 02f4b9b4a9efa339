import type { Messages } from "../en";
import { common } from "./common";
import { nav } from "./nav";
import { problems } from "./problems";

/** Nederlands. */
export const nl: Messages = { common, nav, problems };
