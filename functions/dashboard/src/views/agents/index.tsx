export { Agents } from "./list";
export { Agent } from "./one";
