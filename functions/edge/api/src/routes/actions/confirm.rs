//! Saying that an order was placed by hand, and where its parcel is.

use super::by_hand::{Bought, by_hand};
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Id, Keyed, Said},
    problem::{Kind, Problem, ProblemView},
    turns::{Turn, until_written},
    view::who,
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{
    ActionId, News,
    audit::Entry,
    life::Comment,
    news::{ParcelNews, Said as Told},
    order::{ParcelState, Tracking},
};
use futures::FutureExt as _;
use serde::{Deserialize, Serialize};
use store::news::Accepted;
use utoipa::ToSchema;

/// Where a parcel is that was ordered by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "UPPERCASE", expecting = "`PLACED`, `SHIPPED`, `DELIVERED` or `FAILED`")]
pub(super) enum Where {
    /// The supplier has confirmed the order.
    Placed,
    /// It is on its way.
    Shipped,
    /// It has arrived.
    Delivered,
    /// The supplier does not send it.
    Failed,
}

impl From<Where> for ParcelState {
    fn from(place: Where) -> Self {
        match place {
            Where::Placed => Self::Placed,
            Where::Shipped => Self::Shipped,
            Where::Delivered => Self::Delivered,
            Where::Failed => Self::Failed,
        }
    }
}

/// What the supplier said.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase", expecting = "an object")]
pub(super) struct Confirm {
    /// Where it is now.
    state: Where,
    /// The supplier's own number of the order.
    number: Said,
    /// Number under which it can be followed.
    #[schema(required = false)]
    tracking: Option<Said>,
    /// Who carries it.
    #[schema(required = false)]
    carrier: Option<Said>,
}

/// What is on record of it now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Confirmed {
    /// The action's id: our order number.
    id: String,
    /// Shop's id of the order; absent for stock of our own.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    /// Where it is now.
    state: Where,
    /// The supplier's own number of the order.
    number: String,
}

/// Says that an order was placed by hand with a supplier that has no interface, and where its parcel is. The order goes
/// on from there. Saying it twice is saying it once.
#[utoipa::path(post, path = "/actions/{id}/confirm", operation_id = "confirmOrder", tag = "Actions",
    params(("id" = String, Path, description = "The id of an `order.fulfill` or `inventory.restock` that was sent to nobody."),
        ("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "One key is one request: with another one it is refused.")),
    request_body = Confirm,
    responses((status = 200, description = "It is on record.", body = Confirmed),
        (status = 409, description = "It was sent by the system, or this was said before with another number.", body = ProblemView, content_type = "application/problem+json")))]
pub(super) async fn confirm(
    caller: Caller,
    Id(id): Id<ActionId>,
    Keyed(body, once): Keyed<Confirm>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ConfirmOrder, About::Nothing)?;
    let (_, bought) = by_hand(&permit, id).await?;
    once.claim(&permit).await?;
    let (state, number) = (body.state, body.number.into_string());
    let news = news(&permit, id, &bought, (state, &number), tracking(body.tracking, body.carrier));
    if permit.store().accept(&news, None).await? == Accepted::Before {
        said_alike(&permit, &news).await?;
    }
    let text = format!("ordered by hand: `{number}` is {}", state_name(state));
    until_written(|| noted(&permit, id, &text).boxed()).await?;
    let order = bought.order().map(str::to_owned);
    Ok(Json(Confirmed { id: id.to_string(), order, state, number }).into_response())
}

fn tracking(number: Option<Said>, carrier: Option<Said>) -> Option<Tracking> {
    let number = number?.into_string();
    Some(Tracking { number, carrier: carrier.map(Said::into_string), url: None })
}

/// It goes the way of everything that suppliers say. Each state is said once.
fn news(
    permit: &Permit,
    id: ActionId,
    bought: &Bought,
    (state, number): (Where, &str),
    tracking: Option<Tracking>,
) -> News {
    let parcel = ParcelNews {
        supplier: bought.supplier().to_owned(),
        number: id.to_string(),
        state: Some(state.into()),
        remote: Some(number.to_owned()),
        tracking,
        reason: (state == Where::Failed).then(|| "the supplier does not send it".to_owned()),
    };
    News {
        id: format!("hand:{id}:{}", state_name(state)),
        topic: bought.topic().to_owned(),
        from: format!("person:{}", permit.person().account),
        triggered: permit.now(),
        received: permit.now(),
        said: Told::Parcel(parcel),
    }
}

const fn state_name(state: Where) -> &'static str {
    match state {
        Where::Placed => "placed",
        Where::Shipped => "shipped",
        Where::Delivered => "delivered",
        Where::Failed => "failed",
    }
}

/// What was said before must be the same.
async fn said_alike(permit: &Permit, news: &News) -> Result<(), Problem> {
    let before = permit.store().news(&news.id).await?;
    match before.map(|before| before.said) {
        Some(Told::Parcel(before)) if Told::Parcel(before.clone()) != news.said => {
            let number = before.remote.unwrap_or_default();
            Err(Problem::new(Kind::State, format!("it was said before, as `{number}`")).with("number", &number))
        }
        _ => Ok(()),
    }
}

/// Who said so stands on the action for good.
async fn noted(permit: &Permit, id: ActionId, text: &str) -> Result<Turn<()>, Problem> {
    let (row, _) = by_hand(permit, id).await?;
    if row.value.comments.iter().any(|said| said.text == text) {
        return Ok(Turn::Done(()));
    }
    let (account, mut next) = (permit.person().account.clone(), row.value.clone());
    next.comments.push(Comment { account: account.clone(), text: text.to_owned(), at: permit.now() });
    let entry = Entry::new(who(&account), "ordered by hand", next.status.name()).because([text]);
    let mut tx = permit.store().tx(permit.now());
    tx.update(&row, &next, entry)?;
    Turn::of(tx.commit().await, ())
}
