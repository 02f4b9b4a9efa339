//! Printful: `/v2`.

use crate::{
    Depot, FaultKind, Kept, Step, Thing,
    depot::{Inner, New},
    ledger::Books,
    server::{Answer, Asked},
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

pub(crate) const API: &str = "printful";
pub(crate) const STORE: u64 = 10;
const TECHNIQUE: &str = "dtg";
/// The longest external id.
const LONGEST: usize = 32;

/// Printful's word for how far an order is.
pub(crate) const fn status(order: &Kept) -> &'static str {
    match order.step {
        Step::Draft | Step::Confirmed => "draft",
        Step::Paid => "pending",
        Step::Shipped | Step::Delivered => "fulfilled",
        Step::Cancelled => "canceled",
        Step::Failed => "failed",
    }
}

fn error(code: StatusCode, reason: &str, message: &str) -> Response {
    let error = json!({ "reason": reason, "message": message });
    (code, Json(json!({ "code": code.as_u16(), "result": message, "error": error }))).into_response()
}

pub(crate) fn denied() -> Response {
    error(StatusCode::UNAUTHORIZED, "Unauthorized", "The access token provided is invalid.")
}

pub(crate) fn broken(why: &str) -> Response {
    error(StatusCode::BAD_REQUEST, "BadRequest", why)
}

fn not_found() -> Answer {
    Ok(error(StatusCode::NOT_FOUND, "NotFound", "Not found"))
}

fn success(data: Value) -> Answer {
    Ok(Json(json!({ "data": data })).into_response())
}

/// Whether a request carries the token.
pub(crate) fn is_let_in(depot: &Depot, asked: &Asked) -> bool {
    asked.header("authorization") == Some(format!("Bearer {}", depot.0.settings.printful_token))
}

/// Answers a request that is let in and valid.
pub(crate) fn answer(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    match asked.operation {
        "createOrder" => create(inner, books, asked),
        "getOrder" => with(books, asked, |order| success(view(inner, &order))),
        "confirmOrder" => with(books, asked, |order| confirm(inner, books, order)),
        "deleteOrder" => with(books, asked, |order| delete(inner, books, order)),
        "getShipments" => with(books, asked, |order| success(shipment(&order).into_iter().collect())),
        "availability" => availability(inner, books, asked),
        "prices" => prices(inner, books, asked),
        "shippingRates" => {
            let rate = format!("{:.2}", inner.settings.postage);
            let currency = &inner.settings.currency;
            let name = "Flat Rate (sandbox)";
            success(
                json!([{ "shipping": "STANDARD", "shipping_method_name": name, "rate": rate, "currency": currency }]),
            )
        }
        _ => not_found(),
    }
}

fn with(books: &Books<'_>, asked: &Asked, act: impl FnOnce(Kept) -> Answer) -> Answer {
    let given = asked.id.as_deref().unwrap_or_default();
    let order = match given.strip_prefix('@') {
        Some(number) => books.by_number(API, number)?,
        None => given.parse().map_or(Ok(None), |id| books.by_id(API, id))?,
    };
    order.map_or_else(not_found, act)
}

fn create(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    let refuse = |why: &str| Ok(broken(why));
    let recipient = asked.body.get("recipient").cloned().unwrap_or_default();
    let missing = ["name", "address1", "city", "country_code"]
        .into_iter()
        .find(|name| recipient.get(name).and_then(Value::as_str).is_none_or(str::is_empty));
    if let Some(name) = missing {
        return refuse(&format!("Recipient: {name} is required"));
    }
    if asked.text("external_id").is_some_and(|id| id.len() > LONGEST) {
        return refuse("External ID is too long");
    }
    let id = books.next_id()?;
    let number = asked.text("external_id").map_or_else(|| format!("none-{id}"), str::to_owned);
    if let Some(order) = books.by_number(API, &number)? {
        inner.again(books, order)?;
        return refuse("Order with this External ID already exists");
    }
    let mut things = Vec::new();
    for item in asked.body.get("order_items").and_then(Value::as_array).into_iter().flatten() {
        let sku = item.get("catalog_variant_id").map(Value::to_string).unwrap_or_default();
        let Some(listed) = inner.listed(books, &sku)? else { return refuse("Catalog variant not found") };
        let quantity = item.get("quantity").map_or(Some(1), Value::as_u64).unwrap_or_default();
        if quantity == 0 {
            return refuse("Quantity must be at least 1");
        }
        let line = item.get("external_id").and_then(Value::as_str).unwrap_or_default().to_owned();
        things.push(Thing { line, sku, quantity, price: listed.price });
    }
    if things.is_empty() {
        return refuse("Order items are required");
    }
    let order = inner.draft(books, asked.operation, New { api: API, number, things })?;
    success(view(inner, &order))
}

fn confirm(inner: &Inner, books: &Books<'_>, order: Kept) -> Answer {
    if order.step != Step::Draft {
        return Ok(broken("Order can not be confirmed: it is not a draft"));
    }
    match inner.pay(books, order.clone())? {
        Some(order) => success(view(inner, &order)),
        None => {
            let order = inner.step(books, order, Step::Failed)?;
            success(view(inner, &order))
        }
    }
}

fn delete(inner: &Inner, books: &Books<'_>, order: Kept) -> Answer {
    if order.step != Step::Draft {
        return Ok(error(StatusCode::CONFLICT, "Conflict", "Order can not be cancelled"));
    }
    inner.step(books, order, Step::Cancelled)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn availability(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    let sku = asked.id.as_deref().unwrap_or_default();
    let Some(listed) = inner.listed(books, sku)? else { return not_found() };
    let out = listed.stock == 0 || inner.faults.has(asked.operation, FaultKind::OutOfStock);
    let availability = if out { "out of stock" } else { "in stock" };
    let region = json!({ "name": "worldwide", "availability": availability, "placement_option_availability": [] });
    let technique = json!({ "technique": TECHNIQUE, "selling_regions": [region] });
    success(json!({ "catalog_variant_id": sku.parse::<u64>().ok(), "techniques": [technique] }))
}

fn prices(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    let sku = asked.id.as_deref().unwrap_or_default();
    let Some(listed) = inner.listed(books, sku)? else { return not_found() };
    let price = format!("{:.2}", listed.price);
    let technique = json!({
        "technique_key": TECHNIQUE, "technique_display_name": "DTG printing", "price": price, "discounted_price": price,
    });
    let variant = json!({ "id": sku.parse::<u64>().ok(), "techniques": [technique] });
    success(
        json!({ "currency": inner.settings.currency, "product": { "id": 1, "placements": [] }, "variant": variant }),
    )
}

/// The shipment of an order that is on its way.
pub(crate) fn shipment(order: &Kept) -> Option<Value> {
    let at = order.updated.format(&Rfc3339).ok()?;
    let arrived = order.step == Step::Delivered;
    Some(json!({
        "id": order.id,
        "order_id": order.id,
        "order_external_id": order.number,
        "carrier": "Sandbox Post",
        "service": "Sandbox Post Standard",
        "shipment_status": "shipped",
        "shipped_at": at,
        "delivery_status": if arrived { "delivered" } else { "in_transit" },
        "delivered_at": arrived.then_some(&at),
        "is_reshipment": false,
        "tracking_url": order.link()?,
    }))
}

fn view(inner: &Inner, order: &Kept) -> Value {
    let currency = &inner.settings.currency;
    let item = |thing: &Thing| {
        json!({
            "id": order.id,
            "type": "order_item",
            "source": "catalog",
            "catalog_variant_id": thing.sku.parse::<u64>().ok(),
            "external_id": thing.line,
            "quantity": thing.quantity,
            "price": format!("{:.2}", thing.price),
            "currency": currency,
        })
    };
    let subtotal = order.cost - inner.settings.postage;
    json!({
        "id": order.id,
        "external_id": order.number,
        "store_id": STORE,
        "shipping": "STANDARD",
        "status": status(order),
        "created_at": order.created.format(&Rfc3339).ok(),
        "updated_at": order.updated.format(&Rfc3339).ok(),
        "costs": {
            "calculation_status": "done",
            "currency": currency,
            "subtotal": format!("{subtotal:.2}"),
            "discount": "0.00",
            "shipping": format!("{:.2}", inner.settings.postage),
            "tax": "0.00",
            "vat": "0.00",
            "total": format!("{:.2}", order.cost),
        },
        "order_items": order.things.iter().map(item).collect::<Vec<_>>(),
    })
}
