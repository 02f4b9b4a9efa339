import { Area } from "~/views/business/area";

const KINDS = ["order.fulfill", "order.hold", "order.release", "order.cancel"];

/** What is known of orders today. */
export function Orders() {
  return <Area name="orders" cluster="finance" kinds={KINDS} />;
}
