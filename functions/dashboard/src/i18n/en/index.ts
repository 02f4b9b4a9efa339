import { common } from "./common";
import { nav } from "./nav";
import { problems } from "./problems";

/** English: the shape that every other language has as well. Only what the frame needs: a view brings its own words (`words`). */
export const en = { common, nav, problems };
export type Messages = typeof en;
