//! The money of an order: what was paid, and what was given back.

use super::order::{bag, line, money};
use crate::cx::Cx;
use crate::gid::gid;
use crate::orders::model::{Fee, Order, Refund, Transaction};
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

pub(super) fn transactions(cx: &Cx<'_>, order: &Order) -> Vec<Value> {
    order.transactions.iter().map(|moved| transaction(cx, order, moved)).collect()
}

fn transaction(cx: &Cx<'_>, order: &Order, moved: &Transaction) -> Value {
    json!({
        "__typename": "OrderTransaction",
        "id": gid("OrderTransaction", moved.id),
        "kind": moved.kind,
        "status": moved.status,
        "gateway": moved.gateway,
        "formattedGateway": moved.gateway,
        "amountSet": bag(cx, moved.amount),
        "createdAt": moved.created_at,
        "processedAt": moved.created_at,
        "manualPaymentGateway": false,
        "manuallyCapturable": false,
        "multiCapturable": false,
        "test": true,
        "fees": moved.fee.iter().map(|f| fee(cx, f)).collect::<Vec<_>>(),
        "order": gid("Order", order.id),
        "parentTransaction": moved.parent.map(|id| gid("OrderTransaction", id)),
        "settlementCurrency": cx.settings.currency,
    })
}

fn fee(cx: &Cx<'_>, fee: &Fee) -> Value {
    json!({
        "__typename": "TransactionFee",
        "id": gid("TransactionFee", fee.id),
        "amount": money(cx, fee.amount),
        "flatFee": money(cx, fee.flat),
        "flatFeeName": "flat",
        "rate": text::decimal(fee.rate),
        "rateName": "standard",
        "taxAmount": money(cx, Decimal::ZERO),
        "type": "processing_fee",
    })
}

pub(super) fn refunds(cx: &Cx<'_>, order: &Order) -> Vec<Value> {
    order.refunds.iter().map(|given| refund(cx, order, given)).collect()
}

fn refund(cx: &Cx<'_>, order: &Order, given: &Refund) -> Value {
    let moved = || order.transactions.iter().filter(|t| given.transactions.contains(&t.id));
    let total: Decimal = moved().filter(|t| t.status == "SUCCESS").map(|t| t.amount).sum();
    let lines = given.lines.iter().filter_map(|l| Some((l, order.line(l.line)?))).map(|(part, sold)| {
        json!({
            "id": gid("RefundLineItem", part.id),
            "lineItem": line(cx, order, sold),
            "location": part.location.map(|id| gid("Location", id)),
            "priceSet": bag(cx, sold.price),
            "quantity": part.quantity,
            "restockType": part.restock,
            "restocked": part.restock != "NO_RESTOCK",
            "subtotalSet": bag(cx, part.subtotal),
            "totalTaxSet": bag(cx, part.tax),
        })
    });
    json!({
        "__typename": "Refund",
        "id": gid("Refund", given.id),
        "legacyResourceId": given.id.to_string(),
        "createdAt": given.created_at,
        "processedAt": given.created_at,
        "updatedAt": given.created_at,
        "note": given.note,
        "order": gid("Order", order.id),
        "totalRefundedSet": bag(cx, total),
        "refundLineItems": lines.collect::<Vec<_>>(),
        "transactions": moved().map(|t| transaction(cx, order, t)).collect::<Vec<_>>(),
        "duties": [],
    })
}
