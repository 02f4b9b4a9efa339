//! CJdropshipping: `api2.0/v1`.

use crate::{
    Depot, DepotError, FaultKind, Kept, Step, Thing,
    depot::{Inner, New},
    ledger::Books,
    server::{Answer, Asked},
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

pub(crate) const API: &str = "cj";
/// Who carries everything.
pub(crate) const LOGISTIC: &str = "CJPacket Ordinary";
const TOKEN: &str = "sandbox-access-token";
const DATE: &[time::format_description::BorrowedFormatItem<'static>] =
    time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

/// CJ's word for how far an order is.
pub(crate) const fn status(order: &Kept) -> &'static str {
    match order.step {
        Step::Draft => "CREATED",
        Step::Confirmed => "UNPAID",
        Step::Paid => "UNSHIPPED",
        Step::Shipped => "SHIPPED",
        Step::Delivered => "DELIVERED",
        Step::Cancelled | Step::Failed => "CANCELLED",
    }
}

/// The envelope.
fn envelope(code: i64, message: &str, data: Value) -> Response {
    let fine = code == 200;
    Json(json!({ "code": code, "result": fine, "message": message, "data": data, "requestId": "sandbox" }))
        .into_response()
}

fn error(code: i64, message: &str) -> Answer {
    Ok(envelope(code, message, Value::Null))
}

fn success(data: Value) -> Answer {
    Ok(envelope(200, "Success", data))
}

pub(crate) fn denied() -> Response {
    envelope(1_600_001, "Invalid API key or access token", Value::Null)
}

pub(crate) fn broken(why: &str) -> Response {
    (StatusCode::OK, envelope(1_600_300, why, Value::Null)).into_response()
}

/// Whether a request carries the token; the exchange itself carries the key.
pub(crate) fn is_let_in(depot: &Depot, asked: &Asked) -> bool {
    if asked.operation == "getAccessToken" {
        return asked.text("apiKey") == Some(depot.0.settings.cj_key.as_str());
    }
    asked.header("cj-access-token").as_deref() == Some(TOKEN)
}

/// Answers a request that is let in and valid.
pub(crate) fn answer(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    match asked.operation {
        "getAccessToken" => success(json!({ "openId": inner.settings.cj_open_id, "accessToken": TOKEN })),
        "queryBySku" => stock(inner, books, asked),
        "product" => product(inner, books, asked),
        "freightCalculate" => {
            let postage = number(inner.settings.postage);
            success(json!([{ "logisticName": LOGISTIC, "logisticPrice": postage, "logisticAging": "7-12" }]))
        }
        "createOrderV2" => create(inner, books, asked),
        "getOrderDetail" => match find(books, asked.query("orderId"))? {
            Some(order) => success(detail(inner, &order)),
            None => error(1_603_100, "Order not found, Please check the CJ order id"),
        },
        "confirmOrder" => confirm(inner, books, asked),
        "payBalance" => pay(inner, books, asked),
        "deleteOrder" => delete(inner, books, asked),
        _ => error(1_600_101, "Interface not found"),
    }
}

/// CJ's own id of a variant, which says what it is an id of.
fn vid(sku: &str) -> String {
    format!("V-{sku}")
}

fn stock(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    let sku = asked.query("sku").unwrap_or_default();
    let Some(listed) = inner.listed(books, sku)? else { return error(1_602_000, "Variant not found") };
    let left = if inner.faults.has(asked.operation, FaultKind::OutOfStock) { 0 } else { listed.stock };
    success(json!([{
        "vid": vid(sku), "areaId": "1", "areaEn": "China Warehouse", "countryCode": "CN",
        "totalInventoryNum": left, "cjInventoryNum": left, "factoryInventoryNum": 0,
    }]))
}

fn product(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    let sku = asked.query("variantSku").unwrap_or_default();
    let Some(listed) = inner.listed(books, sku)? else { return error(1_602_001, "Product not found") };
    let variant = json!({ "vid": vid(sku), "variantSku": sku, "variantSellPrice": number(listed.price) });
    success(json!({ "pid": format!("P-{sku}"), "productSku": sku, "variants": [variant] }))
}

fn create(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    let order_number = asked.text("orderNumber").unwrap_or_default();
    if let Some(order) = books.by_number(API, order_number)? {
        inner.again(books, order)?;
        return error(1_603_000, "Order create fail: the order number exists already");
    }
    if asked.body.get("payType").and_then(Value::as_u64) != Some(3) {
        return error(1_603_000, "Order create fail: the sandbox takes create-only orders");
    }
    let mut things = Vec::new();
    for product in asked.body.get("products").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| product.get(name).and_then(Value::as_str);
        let sku = text("sku").or_else(|| text("vid")?.strip_prefix("V-")).unwrap_or_default();
        if text("vid").is_some_and(|given| given != vid(sku)) {
            return error(1_600_300, "vid and sku are not the same variant");
        }
        let Some(listed) = inner.listed(books, sku)? else { return error(1_602_000, "Variant not found") };
        let quantity = product.get("quantity").and_then(Value::as_u64).unwrap_or_default();
        let line = text("storeLineItemId").unwrap_or_default().to_owned();
        things.push(Thing { line, sku: sku.to_owned(), quantity, price: listed.price });
    }
    let new = New { api: API, number: order_number.to_owned(), things };
    let order = inner.draft(books, asked.operation, new)?;
    success(detail(inner, &order))
}

fn confirm(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    match find(books, asked.text("orderId"))? {
        Some(order) if order.step == Step::Draft => {
            let order = inner.step(books, order, Step::Confirmed)?;
            success(order.id.to_string().into())
        }
        Some(_) => error(1_603_001, "Order confirm fail"),
        None => error(1_603_100, "Order not found"),
    }
}

fn pay(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    match find(books, asked.text("orderId"))? {
        Some(order) if order.step == Step::Confirmed => match inner.pay(books, order)? {
            Some(order) => success(order.id.to_string().into()),
            None => error(1_603_101, "Order pay fail: out of stock"),
        },
        Some(_) => error(1_603_101, "Order pay fail: it is not to be paid"),
        None => error(1_603_100, "Order not found"),
    }
}

fn delete(inner: &Inner, books: &Books<'_>, asked: &Asked) -> Answer {
    match find(books, asked.query("orderId"))? {
        Some(order) if order.step < Step::Paid => {
            let order = inner.step(books, order, Step::Cancelled)?;
            success(order.id.to_string().into())
        }
        Some(_) => error(1_603_002, "Order delete fail"),
        None => error(1_603_100, "Order not found"),
    }
}

/// By CJ's id or the customer's number.
fn find(books: &Books<'_>, given: Option<&str>) -> Result<Option<Kept>, DepotError> {
    let Some(given) = given else { return Ok(None) };
    match books.by_number(API, given)? {
        Some(order) => Ok(Some(order)),
        None => given.parse().map_or(Ok(None), |id| books.by_id(API, id)),
    }
}

fn detail(inner: &Inner, order: &Kept) -> Value {
    let product = |thing: &Thing| json!({ "vid": vid(&thing.sku), "quantity": thing.quantity, "sellPrice": number(thing.price), "storeLineItemId": thing.line });
    json!({
        "orderId": order.id.to_string(),
        "orderNum": order.number,
        "orderNumber": order.number,
        "orderStatus": status(order),
        "orderAmount": number(order.cost),
        "productAmount": number(order.cost - inner.settings.postage),
        "postageAmount": number(inner.settings.postage),
        "logisticName": LOGISTIC,
        "trackNumber": order.tracking(),
        "trackingUrl": order.link(),
        "createDate": order.created.format(DATE).ok(),
        "productList": order.things.iter().map(product).collect::<Vec<_>>(),
        "interceptOrderReasons": [],
    })
}

/// CJ says money as a JSON number.
fn number(amount: Decimal) -> Value {
    serde_json::from_str(&amount.normalize().to_string()).unwrap_or_default()
}
