//! Forgetting a customer.

use super::id::CustomerId;
use crate::{
    auth::{About, Caller, Verb},
    extract::Id,
    problem::{Kind, Problem},
    view::who,
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::Customer;
use serde::Serialize;
use store::customer::ForgetError;
use utoipa::ToSchema;

/// How far a customer is forgotten.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Erasure {
    /// The shop's id.
    id: String,
    /// `ERASED`; `ERASING` while actions are under way that have to be finished first.
    #[schema(example = "ERASED")]
    status: &'static str,
    /// Actions that were cleared now.
    cleared: u64,
    /// Actions that are still under way; each is cleared once it has ended.
    waiting: Vec<String>,
}

/// Forgets a customer: what is personal goes, here and in every action that names the customer; the record stays whole.
///
/// Doing it twice is doing it once.
#[utoipa::path(delete, path = "/customers/{id}", operation_id = "eraseCustomer", tag = "Customers",
    params(("id" = String, Path, description = "The shop's id of the customer, `~` for `/`.")),
    responses((status = 200, description = "Nothing personal is left.", body = Erasure),
        (status = 202, description = "What can be erased is; the rest is once its actions have ended.", body = Erasure)))]
pub(super) async fn erase(caller: Caller, Id(id): Id<CustomerId>) -> Result<Response, Problem> {
    let permit = caller.may(Verb::EraseCustomer, About::Nothing)?;
    let (store, id) = (permit.store(), id.as_str());
    let known = store.get::<Customer>(id).await?.is_some();
    let named = !store.actions_of(id, None, 1).await?.items.is_empty();
    if !known && !named && store.contacts(id, None).await?.is_empty() {
        return Err(Problem::not_found("customer", id));
    }
    let forgotten = store.forget_customer(id, &who(&permit.person().account), permit.now()).await?;
    let whole = forgotten.waiting.is_empty();
    let erasure = Erasure {
        id: id.to_owned(),
        status: if whole { "ERASED" } else { "ERASING" },
        cleared: forgotten.cleared,
        waiting: forgotten.waiting.iter().map(ToString::to_string).collect(),
    };
    let status = if whole { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(erasure)).into_response())
}

impl From<ForgetError> for Problem {
    fn from(error: ForgetError) -> Self {
        match error {
            ForgetError::Store(error) => error.into(),
            ForgetError::Commit(error) => error.into(),
            ForgetError::NoSuchStep(error) => error.into(),
            ForgetError::NotCanonical(error) => {
                Self::new(Kind::Internal, "this is a fault of ours, and it has been logged").caused_by(error)
            }
        }
    }
}
