//! Orders as webhooks carry them: the older REST shape, `null` where the sandbox knows nothing.

use super::model::{Customer, Fulfillment, Line, Order, Refund, RefundLine, Transaction};
use super::{customer as load_customer, model::Address};
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// The payload of `orders/*`.
pub(crate) fn order(cx: &Cx<'_>, order: &Order) -> Result<Value, Fail> {
    let mut fields = about(cx, order);
    fields.extend(amounts(cx, order));
    let person = order.customer.map(|id| load_customer(cx, id)).transpose()?.flatten();
    let all = |list: Vec<Value>| Value::Array(list);
    fields.insert("customer".into(), person.map_or(Value::Null, |p| customer(cx, &p)));
    fields.insert("billing_address".into(), order.billing.rest());
    fields.insert("shipping_address".into(), order.shipping.rest());
    fields.insert("line_items".into(), all(order.lines.iter().map(|l| line(cx, order, l)).collect()));
    fields.insert("fulfillments".into(), all(order.fulfillments.iter().map(|f| fulfillment(cx, order, f)).collect()));
    fields.insert("refunds".into(), all(order.refunds.iter().map(|r| refund(cx, order, r)).collect()));
    Ok(Value::Object(fields))
}

fn about(cx: &Cx<'_>, order: &Order) -> Map<String, Value> {
    let gateways: Vec<&str> = order.transactions.first().map(|t| t.gateway.as_str()).into_iter().collect();
    let fulfilled = match order.fulfillment_status() {
        "FULFILLED" => json!("fulfilled"),
        "PARTIALLY_FULFILLED" => json!("partial"),
        _ => Value::Null,
    };
    let view = json!({
        "id": order.id,
        "admin_graphql_api_id": gid("Order", order.id),
        "app_id": null,
        "browser_ip": order.ip,
        "buyer_accepts_marketing": false,
        "cancel_reason": order.cancel_reason.as_deref().map(str::to_lowercase),
        "cancelled_at": order.cancelled_at,
        "closed_at": null,
        "confirmed": true,
        "contact_email": order.email,
        "created_at": order.created_at,
        "currency": cx.settings.currency,
        "customer_locale": order.locale,
        "discount_applications": [],
        "discount_codes": [],
        "email": order.email,
        "estimated_taxes": false,
        "financial_status": order.financial_status().to_lowercase(),
        "fulfillment_status": fulfilled,
        "name": order.name(),
        "note": order.note,
        "note_attributes": [],
        "number": order.number.saturating_sub(1000),
        "order_number": order.number,
        "payment_gateway_names": gateways,
        "payment_terms": null,
        "phone": order.phone,
        "presentment_currency": cx.settings.currency,
        "processed_at": order.created_at,
        "source_name": "web",
        "tags": order.tags.join(", "),
        "tax_exempt": false,
        "taxes_included": cx.settings.taxes_included,
        "test": false,
        "updated_at": order.updated_at,
    });
    view.as_object().cloned().unwrap_or_default()
}

fn amounts(cx: &Cx<'_>, order: &Order) -> Map<String, Value> {
    let (total, current) = (order.total(), order.current_total());
    let all = [
        ("total_price", total),
        ("subtotal_price", order.subtotal()),
        ("total_line_items_price", order.subtotal()),
        ("total_tax", order.tax_in(total)),
        ("total_discounts", Decimal::ZERO),
        ("current_total_price", current),
        ("current_subtotal_price", order.current_subtotal()),
        ("current_total_tax", order.tax_in(current)),
        ("current_total_discounts", Decimal::ZERO),
    ];
    let mut fields = Map::new();
    for (name, amount) in all {
        fields.insert(name.to_owned(), json!(text::money(amount)));
        fields.insert(format!("{name}_set"), bag(cx, amount));
    }
    let outstanding = current.saturating_sub(order.received()).max(Decimal::ZERO);
    fields.insert("total_outstanding".into(), json!(text::money(outstanding)));
    fields.insert("total_tip_received".into(), json!("0.00"));
    fields.insert("total_shipping_price_set".into(), bag(cx, order.delivery));
    fields.insert("tax_lines".into(), json!([tax_line(cx, order, total)]));
    fields.insert("shipping_lines".into(), json!([delivery(cx, order)]));
    fields
}

/// An amount in the shop's and in the shopper's currency, which are one here.
fn bag(cx: &Cx<'_>, amount: Decimal) -> Value {
    let money = json!({ "amount": text::money(amount), "currency_code": cx.settings.currency });
    json!({ "shop_money": money, "presentment_money": money })
}

fn tax_line(cx: &Cx<'_>, order: &Order, amount: Decimal) -> Value {
    let tax = order.tax_in(amount);
    let rate = order.tax_rate.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    json!({
        "title": order.tax_title,
        "price": text::money(tax),
        "price_set": bag(cx, tax),
        "rate": number(rate),
        "channel_liable": false,
    })
}

fn delivery(cx: &Cx<'_>, order: &Order) -> Value {
    json!({
        "id": order.id,
        "title": "Standard",
        "code": "standard",
        "source": "shopify",
        "price": text::money(order.delivery),
        "price_set": bag(cx, order.delivery),
        "discounted_price": text::money(order.delivery),
        "tax_lines": [tax_line(cx, order, order.delivery)],
    })
}

fn line(cx: &Cx<'_>, order: &Order, line: &Line) -> Value {
    let sent = order.sent(line.id);
    let status = if sent >= line.current() { json!("fulfilled") } else { Value::Null };
    json!({
        "id": line.id,
        "admin_graphql_api_id": gid("LineItem", line.id),
        "current_quantity": line.current(),
        "fulfillable_quantity": line.current().saturating_sub(sent).max(0),
        "fulfillment_service": "manual",
        "fulfillment_status": status,
        "gift_card": false,
        "grams": 0,
        "name": line.name(),
        "price": text::money(line.price),
        "price_set": bag(cx, line.price),
        "product_exists": true,
        "product_id": line.product,
        "properties": [],
        "quantity": line.quantity,
        "requires_shipping": line.requires_shipping,
        "sku": line.sku,
        "taxable": line.taxable,
        "title": line.title,
        "total_discount": "0.00",
        "total_discount_set": bag(cx, Decimal::ZERO),
        "variant_id": line.variant,
        "variant_inventory_management": line.tracked.then_some("shopify"),
        "variant_title": line.variant_title,
        "vendor": line.vendor,
        "tax_lines": [tax_line(cx, order, line.total())],
        "duties": [],
        "discount_allocations": [],
    })
}

/// The payload of `customers/create` and the customer within an order.
pub(crate) fn customer(cx: &Cx<'_>, person: &Customer) -> Value {
    json!({
        "id": person.id,
        "admin_graphql_api_id": gid("Customer", person.id),
        "created_at": person.created_at,
        "updated_at": person.created_at,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "state": "disabled",
        "note": null,
        "verified_email": true,
        "multipass_identifier": null,
        "tax_exempt": false,
        "email": person.email,
        "phone": person.phone,
        "currency": cx.settings.currency,
        "tax_exemptions": [],
        "default_address": default_address(person),
    })
}

fn default_address(person: &Customer) -> Value {
    let mut address = person.address.rest();
    if let Some(fields) = address.as_object_mut() {
        fields.insert("id".into(), json!(person.id));
        fields.insert("customer_id".into(), json!(person.id));
        fields.insert("default".into(), json!(true));
    }
    address
}

/// The payload of `fulfillments/create` and `fulfillments/update`.
pub(crate) fn fulfillment(cx: &Cx<'_>, order: &Order, parcel: &Fulfillment) -> Value {
    let place = order.fulfillments.iter().position(|f| f.id == parcel.id).unwrap_or_default();
    let sent = parcel.lines.iter().filter_map(|part| {
        let mut view = line(cx, order, order.line(part.line)?);
        view.as_object_mut()?.insert("quantity".into(), json!(part.quantity));
        Some(view)
    });
    json!({
        "id": parcel.id,
        "admin_graphql_api_id": gid("Fulfillment", parcel.id),
        "order_id": order.id,
        "status": parcel.status.to_lowercase(),
        "created_at": parcel.created_at,
        "updated_at": parcel.updated_at,
        "service": "manual",
        "tracking_company": parcel.company,
        "tracking_number": parcel.tracking,
        "tracking_numbers": parcel.tracking.iter().collect::<Vec<_>>(),
        "tracking_url": parcel.url,
        "tracking_urls": parcel.url.iter().collect::<Vec<_>>(),
        "shipment_status": parcel.shipment,
        "location_id": parcel.location,
        "origin_address": null,
        "email": order.email,
        "destination": Address::rest(&order.shipping),
        "line_items": sent.collect::<Vec<_>>(),
        "receipt": {},
        "name": format!("{}.{}", order.name(), place.saturating_add(1)),
    })
}

/// The payload of `refunds/create`, which carries some amounts as numbers.
pub(crate) fn refund(cx: &Cx<'_>, order: &Order, refund: &Refund) -> Value {
    let moved = order.transactions.iter().filter(|t| refund.transactions.contains(&t.id));
    json!({
        "id": refund.id,
        "admin_graphql_api_id": gid("Refund", refund.id),
        "order_id": order.id,
        "created_at": refund.created_at,
        "processed_at": refund.created_at,
        "note": refund.note,
        "user_id": null,
        "restock": refund.lines.iter().any(|l| l.restock != "NO_RESTOCK"),
        "duties": [],
        "additional_fees": [],
        "order_adjustments": [],
        "refund_shipping_lines": [],
        "total_duties_set": bag(cx, Decimal::ZERO),
        "refund_line_items": refund.lines.iter().map(|l| refund_line(cx, order, l)).collect::<Vec<_>>(),
        "transactions": moved.map(|t| transaction(cx, order, t)).collect::<Vec<_>>(),
    })
}

fn refund_line(cx: &Cx<'_>, order: &Order, part: &RefundLine) -> Value {
    json!({
        "id": part.id,
        "line_item_id": part.line,
        "quantity": part.quantity,
        "restock_type": part.restock.to_lowercase(),
        "location_id": part.location,
        "subtotal": number(part.subtotal),
        "subtotal_set": bag(cx, part.subtotal),
        "total_tax": number(part.tax),
        "total_tax_set": bag(cx, part.tax),
        "line_item": order.line(part.line).map(|l| line(cx, order, l)),
    })
}

/// The payload of `order_transactions/create`.
pub(crate) fn transaction(cx: &Cx<'_>, order: &Order, moved: &Transaction) -> Value {
    json!({
        "id": moved.id,
        "admin_graphql_api_id": gid("OrderTransaction", moved.id),
        "order_id": order.id,
        "kind": moved.kind.to_lowercase(),
        "status": moved.status.to_lowercase(),
        "gateway": moved.gateway,
        "amount": text::money(moved.amount),
        "currency": cx.settings.currency,
        "parent_id": moved.parent,
        "created_at": moved.created_at,
        "processed_at": moved.created_at,
        "message": null,
        "authorization": null,
        "error_code": null,
        "test": false,
    })
}

/// A JSON number, as the shop writes some amounts: read from its digits, never calculated.
fn number(amount: Decimal) -> Value {
    serde_json::from_str(&text::decimal(amount)).unwrap_or(Value::Null)
}
