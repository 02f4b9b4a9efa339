//! Orders as the API answers them.

use super::Fields;
use super::customer;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::orders;
use crate::orders::model::{Assessment, Line, Order};
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// The object of an id of an order or of one of its parts.
pub(super) fn view(cx: &Cx<'_>, id: &Gid<'_>) -> Result<Option<Fields>, Fail> {
    let word = match id.kind {
        "Order" => return Ok(orders::load(cx, id.id)?.map(|order| whole(cx, &order))),
        "Customer" => return customer::view(cx, id.id),
        "LineItem" => "line",
        "FulfillmentOrder" => "fulfillment-order",
        "Fulfillment" => "fulfillment",
        "OrderTransaction" => "transaction",
        _ => "refund",
    };
    let Some(order) = orders::by(cx, &format!("{word}:{}", id.id))? else {
        return Ok(None);
    };
    let parts = match id.kind {
        "LineItem" => lines(cx, &order),
        "FulfillmentOrder" => super::parcel::fulfillment_orders(cx, &order),
        "Fulfillment" => super::parcel::fulfillments(cx, &order),
        "OrderTransaction" => super::payment::transactions(cx, &order),
        _ => super::payment::refunds(cx, &order),
    };
    let own = json!(gid(id.kind, id.id));
    let found = parts.into_iter().find(|part| part.get("id") == Some(&own));
    Ok(found.and_then(|part| part.as_object().cloned()))
}

/// What could be paid back of an order.
pub(super) fn suggested(cx: &Cx<'_>, fields: &Fields) -> Result<Option<Value>, Fail> {
    let id = fields.get("id").and_then(Value::as_str).and_then(|id| Gid::of("Order", id));
    let order = id.map(|id| orders::load(cx, id)).transpose()?.flatten();
    Ok(order.map(|order| orders::act::suggested(cx, &order)))
}

fn whole(cx: &Cx<'_>, order: &Order) -> Fields {
    let mut fields = about(cx, order);
    fields.extend(standing(order));
    fields.extend(amounts(cx, order));
    let all = [
        ("lineItems", lines(cx, order)),
        ("fulfillmentOrders", super::parcel::fulfillment_orders(cx, order)),
        ("fulfillments", super::parcel::fulfillments(cx, order)),
        ("transactions", super::payment::transactions(cx, order)),
        ("refunds", super::payment::refunds(cx, order)),
    ];
    fields.extend(all.map(|(name, list)| (name.to_owned(), Value::Array(list))));
    fields
}

fn about(cx: &Cx<'_>, order: &Order) -> Fields {
    let view = json!({
        "legacyResourceId": order.id.to_string(),
        "name": order.name(),
        "number": order.number,
        "createdAt": order.created_at,
        "processedAt": order.created_at,
        "updatedAt": order.updated_at,
        "cancelledAt": order.cancelled_at,
        "cancelReason": order.cancel_reason,
        "closed": false,
        "confirmed": true,
        "test": false,
        "email": order.email,
        "phone": order.phone,
        "clientIp": order.ip,
        "customerLocale": order.locale,
        "customerAcceptsMarketing": false,
        "note": order.note,
        "tags": order.tags,
        "currencyCode": cx.settings.currency,
        "presentmentCurrencyCode": cx.settings.currency,
        "taxesIncluded": cx.settings.taxes_included,
        "taxExempt": false,
        "sourceName": "web",
    });
    view.as_object().cloned().unwrap_or_default()
}

fn standing(order: &Order) -> Fields {
    let address = |what: &str| gid("MailingAddress", order.id) + "?model_name=" + what;
    let gateways: Vec<&str> = order.transactions.first().map(|t| t.gateway.as_str()).into_iter().collect();
    let status = order.fulfillment_status();
    let view = json!({
        "paymentGatewayNames": gateways,
        "displayFinancialStatus": order.financial_status(),
        "displayFulfillmentStatus": status,
        "fullyPaid": order.received() >= order.current_total(),
        "unpaid": order.received().is_zero(),
        "fulfillable": order.cancelled_at.is_none() && matches!(status, "UNFULFILLED" | "PARTIALLY_FULFILLED"),
        "refundable": order.received() > order.refunded(),
        "requiresShipping": order.lines.iter().any(|l| l.requires_shipping),
        "returnStatus": "NO_RETURN",
        "customer": order.customer.map(|id| gid("Customer", id)),
        "shippingAddress": order.shipping.view(&address("Address")),
        "billingAddress": order.billing.view(&address("BillingAddress")),
        "displayAddress": order.shipping.view(&address("Address")),
        "billingAddressMatchesShippingAddress": order.billing == order.shipping,
        "risk": risk(order),
        "subtotalLineItemsQuantity": order.lines.iter().map(|l| l.quantity).sum::<i64>(),
        "currentSubtotalLineItemsQuantity": order.lines.iter().map(Line::current).sum::<i64>(),
        "discountCodes": [],
        "customAttributes": [],
    });
    view.as_object().cloned().unwrap_or_default()
}

fn amounts(cx: &Cx<'_>, order: &Order) -> Fields {
    let (total, current) = (order.total(), order.current_total());
    let (received, refunded) = (order.received(), order.refunded());
    let given: Decimal = order.refunds.iter().map(|r| r.delivery).sum();
    let all = [
        ("totalPriceSet", total),
        ("originalTotalPriceSet", total),
        ("currentTotalPriceSet", current),
        ("subtotalPriceSet", order.subtotal()),
        ("currentSubtotalPriceSet", order.current_subtotal()),
        ("totalTaxSet", order.tax_in(total)),
        ("currentTotalTaxSet", order.tax_in(current)),
        ("totalShippingPriceSet", order.delivery),
        ("currentShippingPriceSet", order.delivery.saturating_sub(given)),
        ("totalDiscountsSet", Decimal::ZERO),
        ("currentTotalDiscountsSet", Decimal::ZERO),
        ("totalTipReceivedSet", Decimal::ZERO),
        ("totalReceivedSet", received),
        ("totalRefundedSet", refunded),
        ("totalRefundedShippingSet", given),
        ("netPaymentSet", received.saturating_sub(refunded)),
        ("totalOutstandingSet", current.saturating_sub(received).max(Decimal::ZERO)),
        ("totalCapturableSet", Decimal::ZERO),
    ];
    let mut fields: Fields = all.into_iter().map(|(name, amount)| (name.to_owned(), bag(cx, amount))).collect();
    fields.insert("taxLines".into(), json!([tax_line(cx, order, total)]));
    fields.insert("currentTaxLines".into(), json!([tax_line(cx, order, current)]));
    fields.insert("shippingLine".into(), delivery(cx, order));
    fields.insert("shippingLines".into(), json!([delivery(cx, order)]));
    fields
}

/// An amount in the shop's currency.
pub(super) fn money(cx: &Cx<'_>, amount: Decimal) -> Value {
    json!({ "amount": text::decimal(amount), "currencyCode": cx.settings.currency })
}

/// An amount in the shop's and in the shopper's currency, which are one here.
pub(super) fn bag(cx: &Cx<'_>, amount: Decimal) -> Value {
    json!({ "shopMoney": money(cx, amount), "presentmentMoney": money(cx, amount) })
}

fn tax_line(cx: &Cx<'_>, order: &Order, amount: Decimal) -> Value {
    let fraction = order.tax_rate.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
    let number = |d: Decimal| serde_json::from_str::<Value>(&text::decimal(d)).unwrap_or(Value::Null);
    json!({
        "title": order.tax_title,
        "rate": number(fraction),
        "ratePercentage": number(order.tax_rate),
        "priceSet": bag(cx, order.tax_in(amount)),
        "channelLiable": false,
    })
}

fn delivery(cx: &Cx<'_>, order: &Order) -> Value {
    json!({
        "id": gid("ShippingLine", order.id),
        "title": "Standard",
        "code": "standard",
        "source": "shopify",
        "custom": false,
        "isRemoved": false,
        "originalPriceSet": bag(cx, order.delivery),
        "discountedPriceSet": bag(cx, order.delivery),
        "currentDiscountedPriceSet": bag(cx, order.delivery),
        "taxLines": [tax_line(cx, order, order.delivery)],
    })
}

fn risk(order: &Order) -> Value {
    let assessment = |a: &Assessment| {
        let facts = a.facts.iter().map(|f| json!({ "description": f.description, "sentiment": f.sentiment }));
        let provider = a.provider.as_ref().map(|name| json!({ "id": gid("App", 1), "title": name }));
        json!({ "riskLevel": a.level, "facts": facts.collect::<Vec<_>>(), "provider": provider })
    };
    json!({
        "recommendation": order.recommendation(),
        "assessments": order.risk.iter().map(assessment).collect::<Vec<_>>(),
    })
}

fn lines(cx: &Cx<'_>, order: &Order) -> Vec<Value> {
    order.lines.iter().map(|l| line(cx, order, l)).collect()
}

/// One line of an order.
pub(super) fn line(cx: &Cx<'_>, order: &Order, line: &Line) -> Value {
    let open = line.current().saturating_sub(order.sent(line.id)).max(0);
    let of = |n: i64| bag(cx, line.price.saturating_mul(n.into()));
    json!({
        "__typename": "LineItem",
        "id": gid("LineItem", line.id),
        "name": line.name(),
        "title": line.title,
        "variantTitle": line.variant_title,
        "vendor": line.vendor,
        "sku": line.sku,
        "quantity": line.quantity,
        "currentQuantity": line.current(),
        "refundableQuantity": line.current(),
        "unfulfilledQuantity": open,
        "nonFulfillableQuantity": 0,
        "requiresShipping": line.requires_shipping,
        "taxable": line.taxable,
        "isGiftCard": false,
        "restockable": line.tracked,
        "merchantEditable": true,
        "product": gid("Product", line.product),
        "variant": gid("ProductVariant", line.variant),
        "originalUnitPriceSet": of(1),
        "discountedUnitPriceSet": of(1),
        "discountedUnitPriceAfterAllDiscountsSet": of(1),
        "originalTotalSet": of(line.quantity),
        "discountedTotalSet": of(line.quantity),
        "unfulfilledOriginalTotalSet": of(open),
        "unfulfilledDiscountedTotalSet": of(open),
        "totalDiscountSet": of(0),
        "taxLines": [tax_line(cx, order, line.total())],
        "customAttributes": [],
        "discountAllocations": [],
        "duties": [],
    })
}
