export { Orders } from "./area";
export { Order } from "./one";
