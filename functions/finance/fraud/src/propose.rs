//! What follows from a score: the order is held in the shop as well. Whether it goes on is asked by the manager, once the
//! score is on the order.
//!
//! Shopify hears of the risk when the order is held: the executor writes the assessment with the hold.

use agent::Draft;
use domain::{
    Action, Order,
    action::OrderHold,
    order::{Band, Checked, OrderStage},
    proposal::{Case, Impact},
    text::Lang,
};
use policy::{Policy, rules::fraud::Output};

/// The proposals, in order.
pub(crate) fn of(policy: &Policy, order: &Order, checked: &Checked, answer: &Output) -> Vec<Draft> {
    let why = policy.sentences(&answer.findings, Lang::En);
    let before = order.checked.as_ref();
    let known =
        before.is_some_and(|before| before.band >= checked.band && before.checks_passed == checked.checks_passed);
    let released = before.is_some_and(|before| before.released);
    match checked.band {
        _ if matches!(order.stage, OrderStage::Cancelled | OrderStage::Shipped | OrderStage::Delivered) => Vec::new(),
        _ if known || released => Vec::new(),
        Band::Low => Vec::new(),
        // Nothing to hold; one that waited for its checks is let go by the manager, once they are on record.
        Band::Medium if checked.checks_passed == Some(true) => Vec::new(),
        Band::Medium | Band::High | Band::Blocked => vec![hold(order, checked, &why)],
    }
}

fn hold(order: &Order, checked: &Checked, why: &str) -> Draft {
    let reason = match checked.band {
        Band::Medium => "fraud_checks",
        Band::Blocked => "fraud_blocked",
        _ if checked.evidence.is_empty() => "fraud_unscored",
        _ => "fraud_review",
    };
    let action = OrderHold { order: order.id().to_owned(), reason: reason.to_owned() };
    draft(order, checked, action.into(), (format!("Hold order {} back", order.shop.name), why))
}

fn draft(order: &Order, checked: &Checked, action: Action, (title, why): (String, &str)) -> Draft {
    Draft {
        action,
        premises: Vec::new(),
        confidence: None,
        case: Case {
            title,
            description: format!(
                "Order {} over {} scores {}: {}",
                order.shop.name, order.shop.totals.total, checked.score, checked.band
            ),
            reasoning: why.to_owned(),
            data_sources: vec![
                "the order and its addresses".to_owned(),
                "the customer's orders in the shop".to_owned(),
                "Shopify's risk assessment".to_owned(),
            ],
            risk_factors: checked
                .evidence
                .iter()
                .map(|found| format!("{}: {} points", found.code, found.points))
                .collect(),
            missing: checked.missing.clone(),
            impact: Impact::default(),
            alternatives: Vec::new(),
        },
        journey: Some(order.journey()),
    }
}
