//! Parcels of which their supplier says nothing: ordered by hand, or with one that cannot be asked. Their carriers are.

use crate::{One, ports::Desk};
use agent::{AgentError, Context, Draft, NewTask, Turn};
use domain::{
    Order,
    action::OrderTrack,
    news::ParcelNews,
    order::{Parcel, ParcelState},
    proposal::{Case, Impact},
};
use serde_json::json;

/// Asks for a parcel to be followed that is under way.
pub(crate) async fn track(ctx: &Context<'_>, one: &One) -> Result<Turn, AgentError> {
    let row = ctx.reads.order(&one.order).await?;
    let order = row.ok_or_else(|| AgentError::Reject(format!("order {} is not known", one.order)))?.value;
    let report = json!({ "parcel": one.parcel });
    let under_way = |parcel: &&Parcel| matches!(parcel.state, ParcelState::Placed | ParcelState::Shipped);
    let parcel = order.parcels.iter().find(|parcel| parcel.action == one.parcel).filter(under_way);
    let Some((parcel, tracking)) = parcel.and_then(|parcel| Some((parcel, parcel.tracking.as_ref()?))) else {
        return Ok(Turn::report(&report));
    };
    let action = OrderTrack { order: order.id().to_owned(), parcel: parcel.action, number: tracking.number.clone() };
    let draft = Draft {
        action: action.into(),
        premises: Vec::new(),
        confidence: None,
        case: Case {
            title: format!("Follow a parcel of order {}", order.shop.name),
            description: format!("{} does not say where its parcel is", parcel.supplier),
            reasoning: "the carrier says when it has arrived".to_owned(),
            data_sources: vec![format!("order {} at {}", parcel.remote.as_deref().unwrap_or("-"), parcel.supplier)],
            risk_factors: Vec::new(),
            missing: Vec::new(),
            impact: Impact::default(),
            alternatives: Vec::new(),
        },
        journey: Some(order.journey()),
    };
    Ok(Turn { proposals: vec![draft], ..Turn::report(&report) })
}

/// What is to be done for a parcel of which its supplier says nothing, where it has a number.
pub(crate) enum Carried {
    /// Its carrier says something new: a message was lost.
    News(ParcelNews),
    /// Nobody asks its carrier yet.
    Unasked(NewTask),
}

/// Where its carrier has such a parcel.
pub(crate) async fn carried(desk: &dyn Desk, order: &Order, parcel: &Parcel) -> Result<Option<Carried>, AgentError> {
    let Some(tracking) = &parcel.tracking else { return Ok(None) };
    // Whether the carrier can be asked or not: that it is followed is asked for once.
    let Ok(Some(followed)) = desk.carried(&tracking.number).await else {
        return Ok(Some(Carried::Unasked(task(order, parcel, &tracking.number)?)));
    };
    let further = followed.state.filter(|state| *state > parcel.state);
    Ok(further.map(|state| {
        Carried::News(ParcelNews {
            supplier: parcel.supplier.clone(),
            number: parcel.action.to_string(),
            state: Some(state),
            remote: None,
            tracking: None,
            reason: None,
        })
    }))
}

fn task(order: &Order, parcel: &Parcel, number: &str) -> Result<NewTask, AgentError> {
    let agent = "finance-fulfillment".parse();
    Ok(NewTask {
        agent: agent.map_err(|error: domain::agent::NotAnAgent| AgentError::Reject(error.to_string()))?,
        kind: "track".to_owned(),
        input: json!({ "order": order.id(), "parcel": parcel.action }),
        key: Some(format!("order/{}/track/{}/{number}", order.id(), parcel.action)),
        reply: false,
        journey: Some(order.journey()),
    })
}
