//! What rules can find in `input`, by package: the fields of the typed inputs.

use crate::{
    AgentFacts, Context,
    input::Judged,
    rules::{access, ceo, desk, fraud, fulfillment, inventory, pricing, scout, vetting},
};
use domain::Facts;
use serde::Serialize;
use serde_json::Value;

/// The fields that the input of a package's rules can have; nothing is known of other packages.
pub(super) fn of(package: &str) -> Option<Value> {
    match package {
        _ if package.starts_with("data.royal.risk") => fields(&judged()),
        // One answer serves all proposals of a type: see `judge`.
        "data.royal.approvals" => fields(&desk::Input::default()),
        "data.royal.agents.scout" => fields(&scout::Input::default()),
        "data.royal.agents.vetting" => fields(&vetting::Input::default()),
        "data.royal.agents.pricing" => fields(&pricing::Input::default()),
        "data.royal.agents.fraud" => fields(&fraud::Input {
            orders_before: Some(0),
            orders_24h: Some(0),
            value_cents: Some(0),
            country_differs: Some(false),
            city_differs: Some(false),
            mail_disposable: Some(false),
            shop_risk: Some(String::new()),
            items: vec![fraud::Item { category: Some(String::new()), units: 0 }],
        }),
        "data.royal.agents.fulfillment" => fields(&fulfillment::Input::default()),
        "data.royal.agents.inventory" => fields(&inventory::Input::default()),
        "data.royal.ceo.product" => fields(&ceo::Product::default()),
        "data.royal.ceo.action" => fields(&ceo::Action { action: facts(), ..ceo::Action::default() }),
        "data.royal.access" => fields(&access::Input {
            verb: String::new(),
            caller: access::Caller { human: Some(String::new()), ..access::Caller::default() },
            cluster: Some(String::new()),
            request: Some(access::Request::default()),
            delegations: vec![access::Delegation::default()],
        }),
        _ => None,
    }
}

fn fields(input: &impl Serialize) -> Option<Value> {
    serde_json::to_value(input).ok()
}

/// Every field written out: a new field of these types has to be added here to compile.
fn judged() -> Judged {
    let (whole, known) = (Some(0), Some(false));
    Judged {
        action: facts(),
        agent: AgentFacts::default(),
        context: Context {
            ceo_review: Some(crate::CeoReview::Approved),
            supplier_known: known,
            supplier_proven: known,
            price_24h_ago_cents: whole,
            price_changes_24h: whole,
            minutes_since_price_change: whole,
            similar_24h_cents: whole,
            budget_overflow: Some(Vec::new()),
            campaign_budget_left_cents: whole,
            refunds_30d: whole,
            order_paid_cents: whole,
            fraud_band: Some(crate::FraudBand::Low),
            fraud_checks_passed: known,
            order_was_high: known,
            order_held: known,
            consented: known,
            within_frequency: known,
            offers_customer_cents: whole,
            unpublished_24h: whole,
            usual_quantity: whole,
            topics: Vec::new(),
            stopped: known,
            rejected_minutes_ago: whole,
            undo: known,
            unwatched_hours: whole,
            inverse_valid: known,
        },
        confidence: Some(0),
        topics: Vec::new(),
        malformed: Vec::new(),
    }
}

fn facts() -> Facts {
    let (whole, word) = (Some(0), || Some(String::new()));
    Facts {
        kind: String::new(),
        target: String::new(),
        irreversible: false,
        amount_cents: whole,
        currency: word(),
        old_price_cents: whole,
        new_price_cents: whole,
        cost_cents: whole,
        category: word(),
        quantity: whole,
        old_quantity: whole,
        recipients: whole,
        reason: word(),
        topics: Vec::new(),
        intent: word(),
        old_goal: whole,
        new_goal: whole,
        country: word(),
    }
}
