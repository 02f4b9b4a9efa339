import { Area } from "~/views/business/area";

const KINDS = [
  "campaign.launch",
  "campaign.scale",
  "campaign.pause",
  "ad.variant.start",
  "content.publish",
  "influencer.contact",
  "budget.adjust",
];

/** What is known of marketing today. */
export function Marketing() {
  return <Area name="marketing" cluster="marketing" kinds={KINDS} />;
}
