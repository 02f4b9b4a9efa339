import type { ApprovalFilter } from "~/api/queries";

type Kind = NonNullable<ApprovalFilter["type"]>;

/** Every type of action, as the API's document names them; a missing one does not compile. */
const ALL: Record<Kind, true> = {
  "budget.adjust": true,
  "ad.variant.start": true,
  "campaign.launch": true,
  "campaign.scale": true,
  "campaign.pause": true,
  "inventory.restock": true,
  "inventory.set": true,
  "price.change": true,
  "product.publish": true,
  "product.unpublish": true,
  "supplier.onboard": true,
  "supplier.flag": true,
  "support.reply": true,
  "refund.issue": true,
  "compensation.offer": true,
  "review.request": true,
  "review.reply": true,
  "email.send": true,
  "retention.offer": true,
  "content.publish": true,
  "influencer.contact": true,
  "order.fulfill": true,
  "order.ship": true,
  "order.track": true,
  "order.hold": true,
  "order.release": true,
  "order.cancel": true,
  "expense.pay": true,
  "tax.report.file": true,
  "goal.set": true,
  "strategy.pivot": true,
  "market.enter": true,
  "policy.publish": true,
  "control.resume": true,
  "access.grant": true,
};

export const KINDS = Object.keys(ALL).sort() as Kind[];
