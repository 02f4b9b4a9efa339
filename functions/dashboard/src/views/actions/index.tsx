export { Action } from "./life";
export { Actions } from "./list";
