//! The input that everything else is compared with.

use crate::{AgentFacts, CeoReview, Context, FraudBand, Input};
use domain::Facts;

/// An action of this type that a person proposes, about which every fact is known and nothing speaks against it.
pub(crate) fn calm(kind: &str) -> Input {
    Input {
        action: facts(kind),
        agent: AgentFacts { name: "api".to_owned(), cluster: "api".to_owned(), probation: false },
        context: context(),
        confidence: Some(100),
    }
}

fn facts(kind: &str) -> Facts {
    Facts {
        kind: kind.to_owned(),
        target: "thing:1".to_owned(),
        irreversible: matches!(kind, "order.cancel" | "tax.report.file"),
        amount_cents: Some(100),
        currency: Some("EUR".to_owned()),
        old_price_cents: Some(10_000),
        new_price_cents: Some(10_000),
        cost_cents: Some(1_000),
        category: Some("Home & Garden".to_owned()),
        quantity: Some(10),
        old_quantity: Some(10),
        recipients: Some(1),
        reason: Some("out_of_stock".to_owned()),
        topics: Vec::new(),
        intent: Some("order_status".to_owned()),
        old_goal: Some(10_000),
        new_goal: Some(10_000),
        country: Some("NL".to_owned()),
    }
}

fn context() -> Context {
    Context {
        ceo_review: Some(CeoReview::Approved),
        supplier_known: Some(true),
        supplier_proven: Some(true),
        price_24h_ago_cents: Some(10_000),
        price_changes_24h: Some(0),
        minutes_since_price_change: None,
        similar_24h_cents: Some(0),
        budget_overflow: Some(Vec::new()),
        campaign_budget_left_cents: Some(100_000_000),
        refunds_30d: Some(0),
        order_paid_cents: Some(100_000_000),
        fraud_band: Some(FraudBand::Low),
        fraud_checks_passed: None,
        order_was_high: Some(false),
        order_held: Some(false),
        consented: Some(true),
        within_frequency: Some(true),
        offers_customer_cents: Some(0),
        unpublished_24h: Some(0),
        usual_quantity: Some(10),
        topics: Vec::new(),
        stopped: None,
        rejected_minutes_ago: None,
        undo: None,
        unwatched_hours: Some(0),
        inverse_valid: Some(true),
    }
}
