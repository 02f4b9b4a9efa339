//! What the manager itself asks for: that a held order goes on, or that one that nobody sends is cancelled.

use agent::Draft;
use domain::{
    Action, Order,
    action::{OrderCancel, OrderRelease},
    order::{Band, Checked, OrderStage},
    proposal::Case,
};

/// Whether it is to be asked that a held order goes on: its checks have passed since, or a person has to look at it.
/// What was found is on the order by then, which is what policy judges by.
pub(crate) fn may_go_on(order: &Order) -> bool {
    let asks = |checked: &Checked| match checked.band {
        Band::Medium => checked.checks_passed == Some(true) && !checked.released,
        Band::High => !checked.released,
        Band::Low | Band::Blocked => false,
    };
    order.stage == OrderStage::Held && order.checked.as_ref().is_some_and(asks)
}

/// Asks that an order goes on.
pub(crate) fn release(order: &Order) -> Draft {
    let high = order.checked.as_ref().filter(|checked| checked.band == Band::High);
    let (title, description, reasoning) = match high {
        Some(checked) => (
            format!("Let order {} go on?", order.shop.name),
            format!(
                "Order {} over {} scores {}: {}",
                order.shop.name, order.shop.totals.total, checked.score, checked.band
            ),
            order.reason.clone().unwrap_or_default(),
        ),
        None => (
            format!("Let order {} go on", order.shop.name),
            format!("The checks that order {} was held for have passed", order.id()),
            "nothing that can be checked speaks against it".to_owned(),
        ),
    };
    let risks = high.iter().flat_map(|checked| &checked.evidence);
    let case = Case {
        title,
        description,
        reasoning,
        data_sources: ["the order and its addresses", "the customer's orders in the shop", "Shopify's risk assessment"]
            .map(str::to_owned)
            .to_vec(),
        risk_factors: risks.map(|found| format!("{}: {} points", found.code, found.points)).collect(),
        missing: high.map(|checked| checked.missing.clone()).unwrap_or_default(),
        ..Case::default()
    };
    draft(order, Action::from(OrderRelease { order: order.id().to_owned() }), case)
}

/// Asks people what becomes of an order that no supplier sends.
pub(crate) fn cancel(order: &Order) -> Draft {
    let amount = order.shop.totals.total;
    let case = Case {
        title: format!("Nobody sends order {}", order.shop.name),
        description: format!("Cancel order {} and pay {amount} back, or find another way to send it", order.id()),
        reasoning: order.reason.clone().unwrap_or_default(),
        data_sources: vec!["what suppliers answered".to_owned()],
        risk_factors: vec!["the customer waits for goods that nobody has ordered".to_owned()],
        ..Case::default()
    };
    draft(order, Action::from(OrderCancel { order: order.id().to_owned(), amount }), case)
}

fn draft(order: &Order, action: Action, case: Case) -> Draft {
    Draft { action, premises: Vec::new(), confidence: None, case, journey: Some(order.journey()) }
}
