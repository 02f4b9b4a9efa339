//! Everything that is known of a customer.

use super::id::CustomerId;
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Id, Language, Params, Wanted},
    problem::Problem,
    view::{Page, action::ActionView, spoken},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{ActionId, Contact, Customer, Order, Record, customer::Forgetting, text::Lang};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::seen;
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};

/// Which part of the customer's actions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Filter {
    /// Most actions of the page: 1 to 200, 50 if not given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    #[param(value_type = Option<String>, format = Uuid)]
    cursor: Option<ActionId>,
}

/// What is known of a customer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Customer)]
pub(super) struct CustomerView {
    /// The shop's id.
    pub(super) id: String,
    /// `KNOWN`; `ERASING` while actions are still to be cleared; `ERASED`.
    #[schema(example = "KNOWN")]
    status: &'static str,
    /// Personal fields by name; empty once erased, or where only actions know the customer.
    personal: BTreeMap<String, String>,
    /// Who had the customer forgotten, and when; absent where nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    forgotten: Option<ForgottenView>,
    /// What is known of the customer from each order: mail, telephone, addresses; the first hundred.
    #[schema(value_type = Vec<Object>)]
    contacts: Vec<Contact>,
    /// These orders, as far as they got.
    #[schema(value_type = Vec<Object>)]
    orders: Vec<Order>,
    /// Actions that name the customer, oldest first. Those of a forgotten one no longer do.
    actions: Page<ActionView>,
}

/// That a customer was forgotten.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Forgetting)]
struct ForgottenView {
    /// Who asked for it.
    by: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// When nothing was left.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    done: Option<OffsetDateTime>,
}

/// Hands out everything that is known of a customer: personal fields, orders, and the actions that name the customer.
#[utoipa::path(get, path = "/customers/{id}", operation_id = "showCustomer", tag = "Customers",
    params(("id" = String, Path, description = "The shop's id of the customer, `~` for `/`."), Filter),
    responses((status = 200, description = "What is known.", body = CustomerView)))]
pub(super) async fn show(
    caller: Caller,
    Id(id): Id<CustomerId>,
    Language(lang): Language,
    Params(filter): Params<Filter>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ReadCustomer, About::Nothing)?;
    let wanted = Wanted::new(filter.limit, None)?;
    let row = permit.store().get::<Customer>(id.as_str()).await?.map(|row| row.value);
    let limit = i32::try_from(wanted.limit).unwrap_or(i32::MAX);
    let page = permit.store().actions_of(id.as_str(), filter.cursor, limit).await?;
    let contacts = permit.store().contacts(id.as_str(), None).await?;
    if row.is_none() && contacts.is_empty() && page.items.is_empty() && filter.cursor.is_none() {
        return Err(Problem::not_found("customer", id.as_str()));
    }
    let items = actions(&permit, &page.items, lang).await?;
    let orders = orders(&permit, &contacts).await?;
    let view = CustomerView::new(id.as_str(), row, (contacts, orders), Page { items, next: page.next });
    Ok(spoken(Json(view).into_response(), lang))
}

async fn actions(permit: &Permit, ids: &[ActionId], lang: Lang) -> Result<Vec<ActionView>, Problem> {
    let rows = ids.iter().fold(seen::Wanted::default(), |rows, id| rows.thing::<Record>(&id.to_string()));
    let seen = permit.store().see(rows).await?;
    let mut views = Vec::new();
    for id in ids {
        views.extend(seen.thing::<Record>(&id.to_string())?.map(|row| ActionView::new(&row.value, lang)));
    }
    Ok(views)
}

async fn orders(permit: &Permit, contacts: &[Contact]) -> Result<Vec<Order>, Problem> {
    let ids = || contacts.iter().map(|contact| contact.order.as_str());
    let seen = permit.store().see(ids().fold(seen::Wanted::default(), |rows, id| rows.thing::<Order>(id))).await?;
    let mut orders = Vec::new();
    for id in ids() {
        orders.extend(seen.thing::<Order>(id)?.map(|row| row.value));
    }
    Ok(orders)
}

impl CustomerView {
    fn new(
        id: &str,
        row: Option<Customer>,
        (contacts, orders): (Vec<Contact>, Vec<Order>),
        actions: Page<ActionView>,
    ) -> Self {
        let status = row.as_ref().map_or("KNOWN", Customer::status);
        let (personal, forgetting) = row.map(|row| (row.personal, row.forgetting)).unwrap_or_default();
        let forgotten = forgetting.map(ForgottenView::from);
        Self { id: id.to_owned(), status, personal, forgotten, contacts, orders, actions }
    }
}

impl From<Forgetting> for ForgottenView {
    fn from(Forgetting { by, at, done }: Forgetting) -> Self {
        Self { by, at, done }
    }
}
