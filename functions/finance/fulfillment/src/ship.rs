//! The customer hears that a parcel is on its way.

use crate::One;
use agent::{AgentError, Context, Draft, Turn};
use domain::{
    action::OrderShip,
    order::ParcelState,
    proposal::{Case, Impact},
};
use serde_json::json;

/// Asks for the announcement of a parcel that is on its way and was not announced.
pub(crate) async fn ship(ctx: &Context<'_>, one: &One) -> Result<Turn, AgentError> {
    let row = ctx.reads.order(&one.order).await?;
    let order = row.ok_or_else(|| AgentError::Reject(format!("order {} is not known", one.order)))?.value;
    let report = json!({ "parcel": one.parcel });
    let under_way = |state| matches!(state, ParcelState::Shipped | ParcelState::Delivered);
    let parcel = order.parcels.iter().find(|parcel| parcel.action == one.parcel);
    let Some(parcel) = parcel.filter(|parcel| under_way(parcel.state) && parcel.announced.is_none()) else {
        return Ok(Turn::report(&report));
    };
    let action = OrderShip {
        order: order.id().to_owned(),
        customer: order.shop.customer.clone(),
        parcel: parcel.action,
        portions: parcel.portions.clone(),
        tracking: parcel.tracking.clone(),
    };
    let draft = Draft {
        action: action.into(),
        premises: Vec::new(),
        confidence: None,
        case: Case {
            title: format!("Order {} is on its way", order.shop.name),
            description: format!("{} has sent its parcel", parcel.supplier),
            reasoning: "the supplier says that it is on its way".to_owned(),
            data_sources: vec![format!("order {} at {}", parcel.remote.as_deref().unwrap_or("-"), parcel.supplier)],
            risk_factors: Vec::new(),
            missing: if parcel.tracking.is_none() { vec!["a tracking number".to_owned()] } else { Vec::new() },
            impact: Impact::default(),
            alternatives: Vec::new(),
        },
        journey: Some(order.journey()),
    };
    Ok(Turn { proposals: vec![draft], ..Turn::report(&report) })
}
