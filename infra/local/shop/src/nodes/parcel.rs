//! What has to be sent of an order, and what was.

use super::order::{bag, line};
use crate::cx::Cx;
use crate::gid::gid;
use crate::orders::model::{Fulfillment, FulfillmentOrder, Hold, Order};
use serde_json::{Value, json};

pub(super) fn fulfillment_orders(cx: &Cx<'_>, order: &Order) -> Vec<Value> {
    order.fulfillment_orders.iter().map(|part| fulfillment_order(cx, order, part)).collect()
}

pub(super) fn fulfillments(cx: &Cx<'_>, order: &Order) -> Vec<Value> {
    order.fulfillments.iter().map(|parcel| fulfillment(cx, order, parcel)).collect()
}

fn fulfillment_order(cx: &Cx<'_>, order: &Order, part: &FulfillmentOrder) -> Value {
    let id = gid("FulfillmentOrder", part.id);
    let parcels = order.fulfillments.iter().filter(|f| f.fulfillment_order == part.id);
    json!({
        "__typename": "FulfillmentOrder",
        "id": id,
        "status": part.status,
        "requestStatus": "UNSUBMITTED",
        "createdAt": order.created_at,
        "updatedAt": part.updated_at,
        "order": gid("Order", order.id),
        "orderId": gid("Order", order.id),
        "orderName": order.name(),
        "orderProcessedAt": order.created_at,
        "assignedLocation": assigned(cx, part.location),
        "destination": destination(order, part.id),
        "fulfillmentHolds": part.holds.iter().map(hold).collect::<Vec<_>>(),
        "lineItems": part_lines(cx, order, part),
        "fulfillments": parcels.map(|f| gid("Fulfillment", f.id)).collect::<Vec<_>>(),
        "supportedActions": actions(&part.status),
    })
}

fn assigned(cx: &Cx<'_>, location: i64) -> Value {
    let places = cx.locations().unwrap_or_default();
    let name = places.iter().find(|p| p.id == location).map_or("", |p| p.name.as_str());
    json!({ "name": name, "countryCode": "DE", "location": gid("Location", location) })
}

fn destination(order: &Order, id: i64) -> Value {
    let to = &order.shipping;
    json!({
        "id": gid("FulfillmentOrderDestination", id),
        "firstName": to.first_name,
        "lastName": to.last_name,
        "company": to.company,
        "address1": to.address1,
        "address2": to.address2,
        "zip": to.zip,
        "city": to.city,
        "countryCode": to.country_code,
        "email": order.email,
        "phone": to.phone,
    })
}

/// A hold as the API answers it.
pub(crate) fn hold(hold: &Hold) -> Value {
    json!({
        "__typename": "FulfillmentHold",
        "id": gid("FulfillmentHold", hold.id),
        "reason": hold.reason,
        "displayReason": hold.reason.to_lowercase().replace('_', " "),
        "reasonNotes": hold.notes,
        "handle": hold.handle,
        "heldByRequestingApp": true,
    })
}

fn part_lines(cx: &Cx<'_>, order: &Order, part: &FulfillmentOrder) -> Value {
    let found = part.lines.iter().filter_map(|l| Some((l, order.line(l.line)?)));
    let view = found.map(|(piece, sold)| {
        json!({
            "__typename": "FulfillmentOrderLineItem",
            "id": gid("FulfillmentOrderLineItem", piece.id),
            "totalQuantity": piece.total,
            "remainingQuantity": piece.remaining,
            "lineItem": line(cx, order, sold),
            "productTitle": sold.title,
            "variantTitle": sold.variant_title,
            "vendor": sold.vendor,
            "sku": sold.sku,
            "requiresShipping": sold.requires_shipping,
            "inventoryItemId": gid("InventoryItem", sold.item),
            "variant": gid("ProductVariant", sold.variant),
            "warnings": [],
        })
    });
    view.collect()
}

fn actions(status: &str) -> Value {
    let names: &[&str] = match status {
        "OPEN" => &["CREATE_FULFILLMENT", "HOLD"],
        "ON_HOLD" => &["RELEASE_HOLD", "HOLD"],
        "IN_PROGRESS" => &["CREATE_FULFILLMENT"],
        _ => &[],
    };
    names.iter().map(|name| json!({ "action": name })).collect()
}

fn fulfillment(cx: &Cx<'_>, order: &Order, parcel: &Fulfillment) -> Value {
    let place = order.fulfillments.iter().position(|f| f.id == parcel.id).unwrap_or_default();
    let found = parcel.lines.iter().filter_map(|l| Some((l, order.line(l.line)?)));
    let lines = found.map(|(piece, sold)| {
        let total = bag(cx, sold.price.saturating_mul(piece.quantity.into()));
        json!({
            "__typename": "FulfillmentLineItem",
            "id": gid("FulfillmentLineItem", piece.id),
            "quantity": piece.quantity,
            "lineItem": line(cx, order, sold),
            "originalTotalSet": total,
            "discountedTotalSet": total,
        })
    });
    let shown = match parcel.shipment.as_deref() {
        Some(said) => said.to_uppercase(),
        None => "FULFILLED".to_owned(),
    };
    json!({
        "__typename": "Fulfillment",
        "id": gid("Fulfillment", parcel.id),
        "legacyResourceId": parcel.id.to_string(),
        "name": format!("{}-F{}", order.name(), place.saturating_add(1)),
        "status": parcel.status,
        "displayStatus": shown,
        "createdAt": parcel.created_at,
        "updatedAt": parcel.updated_at,
        "deliveredAt": parcel.delivered_at,
        "order": gid("Order", order.id),
        "location": gid("Location", parcel.location),
        "requiresShipping": true,
        "totalQuantity": parcel.lines.iter().map(|l| l.quantity).sum::<i64>(),
        "trackingInfo": [{ "company": parcel.company, "number": parcel.tracking, "url": parcel.url }],
        "fulfillmentLineItems": lines.collect::<Vec<_>>(),
        "fulfillmentOrders": [gid("FulfillmentOrder", parcel.fulfillment_order)],
        "events": [],
    })
}
