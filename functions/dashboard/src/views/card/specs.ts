import type { Schema } from "~/api/client";

type Payload = Schema<"ActionPayload">;
export type ActionType = Payload["type"];
type Of<Type extends ActionType> = Extract<Payload, { type: Type }>;
type Name<T> = Exclude<keyof T, "type"> & string;
/** A field's path: its name, or through one or two objects (`listing.product.sku`). */
type Path<T> = {
  [K in Name<T>]: NonNullable<T[K]> extends readonly unknown[] | string | number
    ? K
    : K | `${K}.${Extract<Name<NonNullable<T[K]>>, string>}`;
}[Name<T>];

/** What a field is. `ref` names something elsewhere; `money`, `count` and `figure` are numbers to look at. */
export type FieldKind =
  | "ref"
  | "line"
  | "text"
  | "money"
  | "count"
  | "figure"
  | "choice"
  | "lines"
  | "variants";

/** How one field is shown, and whether it can be changed. All fields are shown in the table anyway. */
export interface Spec {
  readonly path: string;
  readonly kind: FieldKind;
  /** Shown large, before the table. */
  readonly lead?: boolean;
  /** Can be another: what the action acts on, and what was measured, cannot. */
  readonly edit?: boolean;
  /** The field that says what it is now. */
  readonly was?: string;
  /** The field with what it costs: a margin follows. */
  readonly cost?: string;
  /** Most characters. */
  readonly most?: number;
  /** The amount that grows with it. */
  readonly scales?: string;
  readonly choices?: readonly string[];
}

type More = Omit<Spec, "path" | "kind" | "lead" | "edit">;
type SpecOf<Type extends ActionType> = Spec & { readonly path: Path<Of<Type>> };

/** What it acts on: large, and as it is. */
const on = <const P extends string>(path: P, kind: FieldKind = "ref") => ({ path, kind, lead: true });
/** The figure that matters: large, and can be changed. */
const figure = <const P extends string>(path: P, kind: FieldKind = "money", more: More = {}) => ({
  path,
  kind,
  lead: true,
  edit: true,
  ...more,
});
/** Can be changed, and is read in the table. */
const edit = <const P extends string>(path: P, kind: FieldKind = "line", more: More = {}) => ({
  path,
  kind,
  edit: true,
  ...more,
});

const now = { was: "from" };
const WHY = ["out_of_stock", "quality", "recall"] as const;
const ROLES = ["owner", "finance", "operations", "marketing", "support", "auditor"] as const;

/** Every type of action; one that is missing, or a field that it does not have, does not compile. */
const SPECS: { readonly [Type in ActionType]: readonly SpecOf<Type>[] } = {
  "budget.adjust": [on("budget"), figure("to", "money", now)],
  "ad.variant.start": [on("campaign"), on("platform"), figure("budget"), edit("creative")],
  "campaign.launch": [
    on("campaign"),
    on("platform"),
    on("product"),
    figure("dailyBudget"),
    figure("totalBudget"),
  ],
  "campaign.scale": [on("campaign"), on("platform"), figure("to", "money", now)],
  "campaign.pause": [on("campaign"), on("platform"), on("dailyBudget", "money")],
  "inventory.restock": [on("product"), figure("quantity", "count", { scales: "total" }), figure("total")],
  "inventory.set": [on("product"), on("variantSku"), figure("to", "count", now)],
  "price.change": [
    on("product"),
    on("variantSku"),
    figure("to", "money", { was: "from", cost: "cost" }),
    on("cost", "money"),
  ],
  "product.publish": [
    on("listing.title"),
    on("listing.product"),
    { path: "listing.variants", kind: "variants", lead: true, edit: true },
    edit("listing.title"),
    edit("listing.descriptionHtml", "text"),
    edit("listing.seoTitle", "line", { most: 70 }),
    edit("listing.seoDescription", "text", { most: 160 }),
    edit("listing.handle"),
    edit("listing.vendor"),
    edit("listing.category"),
    edit("listing.tags", "lines"),
  ],
  "product.unpublish": [on("title"), on("product"), { ...figure("reason", "choice"), choices: WHY }],
  "supplier.onboard": [on("supplier")],
  "supplier.flag": [on("supplier"), figure("concern", "line")],
  "support.reply": [on("conversation"), on("customer"), figure("body", "text")],
  "refund.issue": [on("order"), on("customer"), figure("amount")],
  "compensation.offer": [on("order"), on("customer"), figure("amount")],
  "review.request": [on("order"), on("customer")],
  "review.reply": [on("review"), on("customer"), figure("body", "text")],
  "email.send": [figure("template", "line"), on("segment"), on("recipients", "count")],
  "retention.offer": [on("customer"), figure("value")],
  "content.publish": [on("channel"), on("slug"), figure("title", "line"), figure("body", "text")],
  "influencer.contact": [on("handle"), figure("fee"), figure("message", "text")],
  "order.fulfill": [on("order"), on("country"), on("supplier"), on("cost", "money")],
  "order.ship": [on("order"), on("tracking.number")],
  "order.track": [on("order"), on("number")],
  "order.hold": [on("order"), figure("reason", "line")],
  "order.release": [on("order")],
  "order.cancel": [on("order"), on("amount", "money")],
  "expense.pay": [on("payee"), on("bill"), figure("amount")],
  "tax.report.file": [on("report"), on("amount", "money")],
  "goal.set": [on("goal"), figure("to", "figure", now)],
  "strategy.pivot": [figure("plan", "text")],
  "market.enter": [on("country")],
  "policy.publish": [on("revision"), on("replaces")],
  "control.resume": [on("scope")],
  "access.grant": [on("person"), { ...figure("role", "choice"), choices: ROLES }],
};

/** How the fields of a type are shown and changed; nothing for a type that the page does not know. */
export function specs(type: string): readonly Spec[] {
  return Object.hasOwn(SPECS, type) ? SPECS[type as ActionType] : [];
}

/** Every type of action. */
export const TYPES = Object.keys(SPECS) as ActionType[];

/** What stands at a path of a payload. */
export function at(payload: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, name) => {
    if (typeof inside !== "object" || inside === null || !Object.hasOwn(inside, name)) return undefined;
    return (inside as Record<string, unknown>)[name];
  }, payload);
}
