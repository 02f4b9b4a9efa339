//! The same decisions as plain Rust over the same JSON: tier and codes, nothing that can be edited.

use domain::Tier;
use serde::Deserialize;

#[derive(Deserialize)]
struct Seen<'a> {
    #[serde(borrow)]
    action: Action<'a>,
    agent: Agent<'a>,
    context: Context<'a>,
    confidence: Option<u8>,
    topics: Vec<&'a str>,
    malformed: Vec<&'a str>,
}

#[derive(Deserialize)]
struct Action<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    irreversible: bool,
    amount_cents: Option<i64>,
    currency: Option<&'a str>,
    new_price_cents: Option<i64>,
    cost_cents: Option<i64>,
    category: Option<&'a str>,
    recipients: Option<i64>,
    intent: Option<&'a str>,
    old_goal: Option<i64>,
    new_goal: Option<i64>,
    country: Option<&'a str>,
}

#[derive(Deserialize)]
struct Agent<'a> {
    cluster: &'a str,
    probation: bool,
}

#[derive(Deserialize)]
struct Context<'a> {
    #[serde(borrow)]
    ceo_review: Option<&'a str>,
    supplier_known: Option<bool>,
    supplier_proven: Option<bool>,
    price_24h_ago_cents: Option<i64>,
    price_changes_24h: Option<i64>,
    minutes_since_price_change: Option<i64>,
    similar_24h_cents: Option<i64>,
    budget_overflow: Option<Vec<&'a str>>,
    refunds_30d: Option<i64>,
    order_paid_cents: Option<i64>,
    fraud_band: Option<&'a str>,
    fraud_checks_passed: Option<bool>,
    consented: Option<bool>,
    within_frequency: Option<bool>,
    stopped: Option<bool>,
    rejected_minutes_ago: Option<i64>,
    unwatched_hours: Option<i64>,
    inverse_valid: Option<bool>,
}

/// What was found.
pub(crate) struct Found {
    /// The worst of it.
    pub(crate) tier: Tier,
    /// Every code with its tier.
    pub(crate) codes: Vec<(Tier, &'static str)>,
}

/// Decides, or says that the input is none.
pub(crate) fn decide(seen: &str) -> serde_json::Result<Found> {
    let seen: Seen<'_> = serde_json::from_str(seen)?;
    let mut found = Found { tier: Tier::High, codes: Vec::with_capacity(8) };
    always(&seen, &mut found.codes);
    by_type(&seen, &mut found.codes);
    found.tier = found.codes.iter().map(|(tier, _)| *tier).max().unwrap_or(Tier::High);
    afterwards(&seen, &mut found);
    found.codes.sort_unstable();
    found.codes.dedup();
    Ok(found)
}

type Codes = Vec<(Tier, &'static str)>;

fn add(codes: &mut Codes, holds: bool, tier: Tier, code: &'static str) {
    if holds {
        codes.push((tier, code));
    }
}

fn over(codes: &mut Codes, sum: Option<i64>, limit: i64, tier: Tier, code: &'static str) {
    add(codes, sum.is_some_and(|sum| sum > limit), tier, code);
}

fn always(seen: &Seen<'_>, codes: &mut Codes) {
    let Seen { action, agent, context, .. } = seen;
    let (from, cluster) = match action.kind {
        "product.publish" => (Tier::Medium, "product"),
        "price.change" | "inventory.restock" => (Tier::Low, "product"),
        "expense.pay" | "order.fulfill" => (Tier::Low, "finance"),
        "refund.issue" | "support.reply" | "email.send" => (Tier::Low, "customer"),
        "budget.adjust" => (Tier::Low, "marketing"),
        "goal.set" => (Tier::Low, "ceo"),
        _ => (Tier::High, ""),
    };
    codes.push((from, "lowest_tier"));
    add(codes, agent.cluster != cluster, Tier::High, "not_its_job");
    add(codes, lacks(seen), Tier::High, "fact_missing");
    add(codes, !seen.malformed.is_empty(), Tier::High, "field_malformed");
    add(codes, action.currency.is_some_and(|code| code != "EUR"), Tier::High, "no_rate");
    add(codes, action.irreversible, Tier::High, "irreversible");
    add(codes, agent.probation, Tier::High, "probation");
    add(codes, context.stopped == Some(true), Tier::High, "stopped");
    let again = context.rejected_minutes_ago.is_some_and(|minutes| minutes < 1_440);
    add(codes, again, Tier::Denied, "rejected_recently");
    let overflows = context.budget_overflow.as_ref().is_some_and(|budgets| !budgets.is_empty());
    add(codes, overflows, Tier::High, "budget_overflow");
}

fn lacks(seen: &Seen<'_>) -> bool {
    let Seen { action, context, .. } = seen;
    let money = action.amount_cents.is_none() || action.currency.is_none() || context.budget_overflow.is_none();
    let prices = action.new_price_cents.is_none() || action.cost_cents.is_none() || action.currency.is_none();
    match action.kind {
        "price.change" => prices || context.price_24h_ago_cents.is_none() || context.price_changes_24h.is_none(),
        "product.publish" => prices || action.category.is_none() || seen.confidence.is_none(),
        "inventory.restock" => money || context.supplier_known.is_none() || context.supplier_proven.is_none(),
        "refund.issue" => money || context.order_paid_cents.is_none() || context.refunds_30d.is_none(),
        "order.fulfill" => money || action.country.is_none() || context.fraud_band.is_none(),
        "expense.pay" | "budget.adjust" => money || context.similar_24h_cents.is_none(),
        "goal.set" => action.old_goal.is_none() || action.new_goal.is_none(),
        "email.send" => action.recipients.is_none() || context.consented.is_none(),
        _ => seen.confidence.is_none(),
    }
}

fn by_type(seen: &Seen<'_>, codes: &mut Codes) {
    match seen.action.kind {
        "price.change" => {
            prices(seen, codes);
            changes(&seen.context, seen.action.new_price_cents, codes);
        }
        "product.publish" => {
            prices(seen, codes);
            publishing(seen, codes);
        }
        "inventory.restock" | "expense.pay" | "budget.adjust" | "refund.issue" => spending(seen, codes),
        "order.fulfill" => fulfilling(seen, codes),
        "support.reply" => replying(seen, codes),
        "email.send" => sending(seen, codes),
        "goal.set" => goals(&seen.action, codes),
        _ => codes.push((Tier::High, "no_rule")),
    }
}

fn prices(seen: &Seen<'_>, codes: &mut Codes) {
    let (Some(price), Some(cost)) = (seen.action.new_price_cents, seen.action.cost_cents) else { return };
    add(codes, price <= 0, Tier::High, "price_not_positive");
    add(codes, cost <= 0, Tier::High, "cost_not_positive");
    add(codes, price < cost, Tier::Denied, "price_below_cost");
    add(codes, (price - cost) * 100 < 15 * price, Tier::High, "margin_below_floor");
    let publishes = seen.action.kind == "product.publish";
    add(codes, publishes && (price - cost) * 100 < 40 * price, Tier::Ceo, "margin_below_target");
}

fn changes(context: &Context<'_>, price: Option<i64>, codes: &mut Codes) {
    if let (Some(price), Some(before)) = (price, context.price_24h_ago_cents) {
        let moved = (price - before).abs() * 100;
        add(codes, before <= 0, Tier::High, "price_not_positive");
        add(codes, moved > 2 * before, Tier::Medium, "price_moves");
        add(codes, moved >= 20 * before, Tier::High, "price_moves_far");
    }
    add(codes, context.price_changes_24h.is_some_and(|changes| changes >= 2), Tier::High, "price_changes_often");
    let soon = context.minutes_since_price_change.is_some_and(|minutes| minutes < 240);
    add(codes, soon, Tier::High, "price_changes_soon");
}

fn publishing(seen: &Seen<'_>, codes: &mut Codes) {
    let category = seen.action.category.unwrap_or_default().to_lowercase().replace('-', "");
    let restricted = RESTRICTED.iter().any(|word| category.contains(word));
    add(codes, restricted, Tier::High, "category_restricted");
    add(codes, seen.confidence.is_some_and(|percent| percent < 65), Tier::High, "confidence_low");
    add(codes, seen.confidence.is_some_and(|percent| percent < 85), Tier::Ceo, "confidence_fair");
    add(codes, seen.context.ceo_review.is_none(), Tier::Ceo, "ceo_review_missing");
    add(codes, seen.context.ceo_review == Some("escalated"), Tier::High, "ceo_escalated");
    add(codes, seen.context.ceo_review == Some("rejected"), Tier::Denied, "ceo_rejected");
}

const RESTRICTED: [&str; 25] = [
    "adult",
    "alcohol",
    "ammunition",
    "cannabis",
    "cbd",
    "cosmetic",
    "drug",
    "ecigarette",
    "explosive",
    "firearm",
    "firework",
    "gambling",
    "infant formula",
    "knives",
    "medical",
    "medicine",
    "nicotine",
    "pesticide",
    "pharma",
    "supplement",
    "tobacco",
    "vape",
    "vaping",
    "vitamin",
    "weapon",
];

fn spending(seen: &Seen<'_>, codes: &mut Codes) {
    let Seen { action, context, .. } = seen;
    let (first, second, tier, kind) = match action.kind {
        "inventory.restock" => (i64::MAX, 100_000, Tier::Medium, 0),
        "expense.pay" => (10_000, 100_000, Tier::Medium, 0),
        "budget.adjust" => (9_999, 100_000, Tier::Medium, 1),
        _ => (5_000, 25_000, Tier::Ceo, 0),
    };
    let together = context.similar_24h_cents.filter(|sum| *sum > 0).zip(action.amount_cents).map(|(a, b)| a + b);
    for (sum, code, first_code) in [
        (action.amount_cents, "amount_over_limit", "amount_reaches_limit"),
        (together, "split_over_limit", "split_reaches_limit"),
    ] {
        over(codes, sum, first, tier, if kind == 1 { first_code } else { code });
        over(codes, sum, second, Tier::High, code);
    }
    add(codes, context.supplier_proven == Some(false), Tier::Medium, "supplier_unproven");
    add(codes, context.supplier_known == Some(false), Tier::High, "supplier_new");
    add(codes, context.refunds_30d.is_some_and(|refunds| refunds >= 3), Tier::High, "refunds_many");
    paid(seen, codes);
}

fn paid(seen: &Seen<'_>, codes: &mut Codes) {
    let more = seen.action.amount_cents.zip(seen.context.order_paid_cents).is_some_and(|(amount, paid)| amount > paid);
    add(codes, more, Tier::High, "more_than_paid");
}

fn fulfilling(seen: &Seen<'_>, codes: &mut Codes) {
    let checked = seen.context.fraud_checks_passed == Some(true);
    let band = seen.context.fraud_band.unwrap_or_default();
    let sanctioned = matches!(seen.action.country, Some("BY" | "CU" | "IR" | "KP" | "RU" | "SY"));
    add(codes, sanctioned, Tier::Denied, "destination_sanctioned");
    paid(seen, codes);
    add(codes, band == "medium" && checked, Tier::Medium, "fraud_checked");
    add(codes, band == "medium" && !checked, Tier::High, "fraud_checks_open");
    add(codes, band == "high", Tier::High, "fraud_high");
    add(codes, band == "blocked", Tier::Denied, "fraud_blocked");
}

fn replying(seen: &Seen<'_>, codes: &mut Codes) {
    let delicate = |topic: &&str| {
        matches!(*topic, "discrimination" | "injury" | "legal_threat" | "press" | "privacy" | "safety" | "self_harm")
    };
    let known = matches!(
        seen.action.intent,
        Some(
            "delivery_time"
                | "exchange"
                | "faq"
                | "invoice"
                | "opening_hours"
                | "order_status"
                | "payment_methods"
                | "product_question"
                | "return_policy"
                | "size_advice"
                | "tracking"
        )
    );
    add(codes, seen.topics.iter().any(delicate), Tier::High, "delicate_topic");
    add(codes, !known, Tier::Medium, "intent_unknown");
    add(codes, seen.confidence.is_some_and(|percent| percent < 80), Tier::Medium, "confidence_fair");
}

fn sending(seen: &Seen<'_>, codes: &mut Codes) {
    over(codes, seen.action.recipients, 1_000, Tier::Medium, "recipients_many");
    over(codes, seen.action.recipients, 10_000, Tier::High, "recipients_many");
    add(codes, seen.context.consented == Some(false), Tier::High, "not_consented");
    add(codes, seen.context.within_frequency == Some(false), Tier::High, "too_frequent");
}

fn goals(action: &Action<'_>, codes: &mut Codes) {
    let (Some(before), Some(after)) = (action.old_goal, action.new_goal) else { return };
    let moved = (after - before).abs() * 100;
    add(codes, before <= 0, Tier::High, "goal_not_positive");
    add(codes, moved > 10 * before, Tier::Medium, "goal_moves");
    add(codes, moved > 25 * before, Tier::High, "goal_moves");
}

fn afterwards(seen: &Seen<'_>, found: &mut Found) {
    let above = |tier| match tier {
        Tier::Low => Some(Tier::Medium),
        Tier::Medium | Tier::Ceo => Some(Tier::High),
        Tier::High | Tier::Denied => None,
    };
    let watched = seen.context.unwatched_hours.is_some_and(|hours| (0..72).contains(&hours));
    if let Some(tier) = above(found.tier).filter(|_| !watched) {
        found
            .codes
            .push((tier, if seen.context.unwatched_hours.is_some() { "nobody_watching" } else { "fact_missing" }));
        found.tier = tier;
    }
    let undone = matches!(seen.action.kind, "budget.adjust" | "price.change" | "product.publish" | "goal.set");
    let tells = matches!(found.tier, Tier::Medium | Tier::Ceo);
    if tells && undone && seen.context.inverse_valid != Some(true) {
        found.codes.push((Tier::High, "no_inverse"));
        found.tier = Tier::High;
    }
}
