import { common } from "./common";
import { nav } from "./nav";
import { problems } from "./problems";

/** English: the shape that every other language has as well. */
export const en = { common, nav, problems };
export type Messages = typeof en;
