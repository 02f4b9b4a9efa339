import type { Schema } from "~/api/client";
import type { ActionType } from "../specs";

type Payload = Schema<"ActionPayload">;

const eur = (amount: string) => ({ amount, currency: "EUR" as const });
const portions = [{ line: "99", sku: "lamp-red", quantity: 2 }];
const product = { supplier: "Polderworks", sku: "zaan-3" };

/** One of every type, with every field; one that is missing does not compile. */
export const PAYLOADS: { readonly [Type in ActionType]: Required<Extract<Payload, { type: Type }>> } = {
  "access.grant": { type: "access.grant", person: "sofie", role: "finance" },
  "ad.variant.start": {
    type: "ad.variant.start",
    campaign: "winter",
    platform: "meta",
    creative: "red",
    budget: eur("10.50"),
  },
  "budget.adjust": { type: "budget.adjust", budget: "campaign:winter", from: eur("50.00"), to: eur("75.00") },
  "campaign.launch": {
    type: "campaign.launch",
    campaign: "winter",
    platform: "meta",
    product: "zaan-3",
    dailyBudget: eur("20.00"),
    totalBudget: eur("600.00"),
  },
  "campaign.pause": {
    type: "campaign.pause",
    campaign: "winter",
    platform: "meta",
    dailyBudget: eur("20.00"),
  },
  "campaign.scale": {
    type: "campaign.scale",
    campaign: "winter",
    platform: "meta",
    from: eur("20.00"),
    to: eur("25.00"),
  },
  "compensation.offer": { type: "compensation.offer", order: "1001", customer: "c7", amount: eur("15.00") },
  "content.publish": {
    type: "content.publish",
    channel: "blog",
    slug: "knives",
    title: "Which knife",
    body: "A sharp one",
    topics: ["kitchen"],
  },
  "control.resume": { type: "control.resume", scope: "cluster:marketing" },
  "email.send": { type: "email.send", template: "winback", segment: "lapsed", recipients: 912 },
  "expense.pay": { type: "expense.pay", payee: "Acme", bill: "2026-118", amount: eur("1840.55") },
  "goal.set": { type: "goal.set", goal: "daily_revenue_eur", from: "1000", to: "1600" },
  "influencer.contact": {
    type: "influencer.contact",
    handle: "@lotte",
    message: "Would you",
    fee: eur("750.00"),
  },
  "inventory.restock": { type: "inventory.restock", product, quantity: 300, total: eur("3870.00") },
  "inventory.set": { type: "inventory.set", product, variantSku: "PW-3", from: 12, to: 45 },
  "market.enter": { type: "market.enter", country: "SE" },
  "order.cancel": { type: "order.cancel", order: "1002", amount: eur("89.90") },
  "order.fulfill": {
    type: "order.fulfill",
    order: "1003",
    customer: "7001",
    supplier: "Fjordlicht",
    portions,
    cost: eur("31.00"),
    country: "NL",
  },
  "order.ship": {
    type: "order.ship",
    order: "1003",
    customer: "7001",
    parcel: "019dc2a5-68cc-7052-8cba-0e8ab77e8ab4",
    portions,
    tracking: { number: "3SABC", carrier: "PostNL", url: "https://example.com/3SABC" },
  },
  "order.hold": { type: "order.hold", order: "1004", reason: "fraud_review" },
  "order.release": { type: "order.release", order: "1004" },
  "policy.publish": {
    type: "policy.publish",
    revision: "75b5",
    replaces: "859c",
    effectiveFrom: "2026-12-01T08:00:00Z",
  },
  "price.change": {
    type: "price.change",
    product,
    variantSku: "PW-3",
    from: eur("29.95"),
    to: eur("19.95"),
    cost: eur("12.90"),
  },
  "product.publish": {
    type: "product.publish",
    listing: {
      product,
      title: "Paring knives",
      handle: "paring-knives",
      descriptionHtml: "<p>Three blades</p>",
      seoTitle: "Knives",
      seoDescription: "Three of them",
      vendor: "Polder",
      category: "Kitchen",
      tags: ["beech"],
      images: [{ url: "https://images.example/1.jpg", alt: "On a table" }],
      variants: [
        { sku: "PW-3", options: [["Size", "M"]], price: eur("29.95"), cost: eur("12.90"), stock: 180 },
      ],
    },
  },
  "product.unpublish": { type: "product.unpublish", product, title: "Paring knives", reason: "recall" },
  "refund.issue": { type: "refund.issue", order: "1001", customer: "c7", amount: eur("310.00") },
  "retention.offer": { type: "retention.offer", customer: "c7", value: eur("5.00") },
  "review.reply": {
    type: "review.reply",
    review: "r5",
    customer: "c7",
    body: "Thank you",
    topics: ["delivery"],
  },
  "review.request": { type: "review.request", order: "1001", customer: "c7" },
  "strategy.pivot": { type: "strategy.pivot", plan: "Sell to offices" },
  "supplier.flag": { type: "supplier.flag", supplier: "Fjordlicht", concern: "late_deliveries" },
  "supplier.onboard": { type: "supplier.onboard", supplier: "Nordic" },
  "support.reply": {
    type: "support.reply",
    conversation: "v9",
    customer: "c7",
    intent: "where_is_it",
    body: "It is on its way",
    topics: ["delivery"],
  },
  "tax.report.file": { type: "tax.report.file", report: "oss-2026-q3", amount: eur("4210.11") },
};
