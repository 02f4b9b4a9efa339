//! What suppliers say of their parcels. A parcel only moves forward: an older word changes nothing.

use crate::{give, lead, ports::Orders};
use agent::{AgentError, Context, NewTask, Turn};
use domain::{
    ActionId, Order, Record,
    news::ParcelNews,
    order::{Parcel, ParcelState},
};
use std::collections::BTreeMap;
use store::Row;
use time::OffsetDateTime;

/// An order with what its suppliers said of it.
struct Heard {
    row: Row<Order>,
    to: Order,
    why: Vec<String>,
}

/// Puts what suppliers said on their orders. News of one order come together, and the order is written once.
pub(crate) async fn told(ctx: &Context<'_>, told: &[ParcelNews], orders: &dyn Orders) -> Result<Turn, AgentError> {
    let (mut turn, mut heard) = (Turn::default(), BTreeMap::<String, Heard>::new());
    for news in told {
        let Ok(id) = news.number.parse::<ActionId>() else { continue };
        let Some(order) = order_of(id, orders).await? else { continue };
        let known = match heard.remove(&order) {
            Some(known) => known,
            None => match ctx.reads.order(&order).await? {
                Some(row) => Heard { to: row.value.clone(), row, why: Vec::new() },
                None => continue,
            },
        };
        let (known, task) = known.hears(ctx, news, id)?;
        turn.tasks.extend(task);
        heard.insert(order, known);
    }
    for Heard { row, to, why } in heard.into_values().filter(|heard| !heard.why.is_empty()) {
        let one = lead::on(ctx, Some(row), to, ("told by its supplier", why))?;
        turn.orders.extend(one.orders);
        turn.tasks.extend(one.tasks);
        turn.facts.extend(one.facts);
        turn.proposals.extend(one.proposals);
    }
    Ok(turn)
}

impl Heard {
    /// The same after one more word, with the question that it raises.
    fn hears(
        mut self,
        ctx: &Context<'_>,
        news: &ParcelNews,
        id: ActionId,
    ) -> Result<(Self, Option<NewTask>), AgentError> {
        let Some(parcel) = self.to.parcels.iter().find(|parcel| parcel.action == id) else {
            return Err(AgentError::Retry(format!("parcel {id} is not on order {} yet", self.to.id())));
        };
        let Some(state) = news.state else {
            let why = news.reason.clone().unwrap_or_else(|| parcel.state.to_string_code());
            let task = give::ask(&self.to, parcel, &format!("{why}/{}", ctx.now.unix_timestamp()))?;
            return Ok((self, Some(task)));
        };
        self.why.push(format!("{} says {}", news.supplier, state.to_string_code()));
        self.to = moved(self.to, id, state, news, ctx.now);
        Ok((self, None))
    }
}

/// The order of the action that placed a parcel.
async fn order_of(id: ActionId, orders: &dyn Orders) -> Result<Option<String>, AgentError> {
    let record: Option<Record> = orders.action(id).await?;
    Ok(record.and_then(|record| match record.proposal.action {
        domain::Action::OrderFulfill(fulfill) => Some(fulfill.order),
        _ => None,
    }))
}

/// The order with its parcel in another state, where that is a step forward.
pub(crate) fn moved(
    mut order: Order,
    id: ActionId,
    state: ParcelState,
    news: &ParcelNews,
    now: OffsetDateTime,
) -> Order {
    for parcel in order.parcels.iter_mut().filter(|parcel| parcel.action == id) {
        let forward = state > parcel.state && parcel.state != ParcelState::Delivered;
        if forward {
            parcel.state = state;
            parcel.reason.clone_from(&news.reason);
        }
        let fresh = news.tracking.is_some() && parcel.tracking != news.tracking && state >= parcel.state;
        if fresh {
            parcel.tracking.clone_from(&news.tracking);
        }
        if parcel.remote.is_none() {
            parcel.remote.clone_from(&news.remote);
        }
        if forward || fresh {
            parcel.updated = now;
        }
    }
    order
}

/// The words of a state.
pub(crate) trait Code {
    /// Its wire name.
    fn to_string_code(&self) -> String;
}

impl Code for ParcelState {
    fn to_string_code(&self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// The order with this parcel; one that was being decided for the same portions gives way to it.
pub(crate) fn with_parcel(mut order: Order, parcel: Parcel) -> Order {
    let known = order.parcels.iter().any(|other| other.action == parcel.action);
    if known {
        return order;
    }
    let changed = |other: &Parcel| other.state == ParcelState::Asked && other.portions == parcel.portions;
    match order.parcels.iter_mut().find(|other| changed(other)) {
        Some(other) => *other = parcel,
        None => order.parcels.push(parcel),
    }
    order
}
