//! Twenty proposals: ten action types, each once as it mostly comes and once with something to find.

use domain::Facts;
use policy::{AgentFacts, CeoReview, Context, FraudBand, Input};

/// All of them.
pub(crate) fn all() -> Vec<Input> {
    [goods(), money(), people()].concat()
}

fn proposal(agent: (&str, &str), action: Facts, context: Context) -> Input {
    let agent = AgentFacts { name: agent.0.to_owned(), cluster: agent.1.to_owned(), probation: false };
    let context = Context { unwatched_hours: Some(1), inverse_valid: Some(true), ..context };
    Input { action, agent, context, confidence: Some(90) }
}

fn action(kind: &str) -> Facts {
    Facts { kind: kind.to_owned(), target: "thing:1042".to_owned(), ..Facts::default() }
}

fn euros(kind: &str, cents: i64) -> Facts {
    Facts { amount_cents: Some(cents), currency: Some("EUR".to_owned()), ..action(kind) }
}

fn spends(similar: i64) -> Context {
    Context { similar_24h_cents: Some(similar), budget_overflow: Some(Vec::new()), ..Context::default() }
}

fn priced(kind: &str, price: i64, cost: i64) -> Facts {
    let category = (kind == "product.publish").then(|| "Home & Garden".to_owned());
    let currency = Some("EUR".to_owned());
    Facts { new_price_cents: Some(price), cost_cents: Some(cost), currency, category, ..action(kind) }
}

fn goods() -> Vec<Input> {
    let before =
        |changes| Context { price_24h_ago_cents: Some(10_000), price_changes_24h: Some(changes), ..Context::default() };
    let reviewed = |ceo_review| Context { ceo_review, ..Context::default() };
    let supplier = |known| Context { supplier_known: Some(known), supplier_proven: Some(known), ..spends(0) };
    let pricing = ("product-pricing", "product");
    let publisher = ("product-publisher", "product");
    let inventory = ("product-inventory", "product");
    vec![
        proposal(pricing, priced("price.change", 10_100, 5_000), before(0)),
        proposal(pricing, priced("price.change", 13_000, 12_500), before(2)),
        proposal(publisher, priced("product.publish", 10_000, 5_000), reviewed(Some(CeoReview::Approved))),
        proposal(publisher, priced("product.publish", 10_000, 7_000), reviewed(None)),
        proposal(inventory, euros("inventory.restock", 40_000), supplier(true)),
        proposal(inventory, euros("inventory.restock", 140_000), supplier(false)),
    ]
}

fn money() -> Vec<Input> {
    let order = |band| Context {
        order_paid_cents: Some(8_000),
        fraud_band: Some(band),
        budget_overflow: Some(Vec::new()),
        ..Context::default()
    };
    let fulfil = Facts { country: Some("NL".to_owned()), ..euros("order.fulfill", 4_500) };
    let goal = |new| Facts { old_goal: Some(100_000), new_goal: Some(new), ..action("goal.set") };
    let none = Context::default;
    let (finance, ads, ceo) = (("finance-expenses", "finance"), ("marketing-ads", "marketing"), ("ceo", "ceo"));
    vec![
        proposal(finance, euros("expense.pay", 4_900), spends(0)),
        proposal(finance, euros("expense.pay", 60_000), spends(45_000)),
        proposal(finance, fulfil.clone(), order(FraudBand::Low)),
        proposal(finance, fulfil, order(FraudBand::Medium)),
        proposal(ads, euros("budget.adjust", 9_999), spends(0)),
        proposal(ads, euros("budget.adjust", 10_000), spends(100_000)),
        proposal(ceo, goal(105_000), none()),
        proposal(ceo, goal(150_000), none()),
    ]
}

fn people() -> Vec<Input> {
    let order = |refunds| Context { refunds_30d: Some(refunds), order_paid_cents: Some(20_000), ..spends(0) };
    let reply = |intent: &str| Facts { intent: Some(intent.to_owned()), ..action("support.reply") };
    let found = |topic: &str| Context { topics: vec![topic.to_owned()], ..Context::default() };
    let letter = |recipients| Facts { recipients: Some(recipients), ..action("email.send") };
    let asked = |within| Context { consented: Some(true), within_frequency: Some(within), ..Context::default() };
    let (support, emails) = (("customer-support", "customer"), ("customer-emails", "customer"));
    vec![
        proposal(support, euros("refund.issue", 2_500), order(0)),
        proposal(support, euros("refund.issue", 26_000), order(3)),
        proposal(support, reply("order_status"), Context::default()),
        proposal(support, reply("complaint"), found("press")),
        proposal(emails, letter(200), asked(true)),
        proposal(emails, letter(2_000), asked(false)),
    ]
}
