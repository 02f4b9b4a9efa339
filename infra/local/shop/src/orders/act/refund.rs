//! `refundCreate`, and what the shop suggests to pay back.

use super::order;
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs::{self, Input};
use crate::mutation::Outcome;
use crate::orders::model::{Order, Refund, Transaction};
use crate::orders::{rest, save};
use crate::text;
use crate::user_errors::UserErrors;
use crate::webhooks::emit;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What is left to pay back of a payment.
fn left(order: &Order, payment: &Transaction) -> Decimal {
    let given = order.transactions.iter().filter(|t| t.parent == Some(payment.id) && t.kind == "REFUND");
    let given: Decimal = given.filter(|t| t.status == "SUCCESS").map(|t| t.amount).sum();
    payment.amount.saturating_sub(given).max(Decimal::ZERO)
}

fn payments(order: &Order) -> impl Iterator<Item = &Transaction> {
    order.transactions.iter().filter(|t| t.status == "SUCCESS" && matches!(t.kind.as_str(), "SALE" | "CAPTURE"))
}

/// `Order.suggestedRefund` of everything that is left.
pub(crate) fn suggested(cx: &Cx<'_>, order: &Order) -> Value {
    let bag = |amount: Decimal| {
        let money = json!({ "amount": text::decimal(amount), "currencyCode": cx.settings.currency });
        json!({ "shopMoney": money, "presentmentMoney": money })
    };
    let way = |payment: &Transaction| {
        let most = left(order, payment);
        json!({
            "gateway": payment.gateway,
            "formattedGateway": payment.gateway,
            "kind": "SUGGESTED_REFUND",
            "amountSet": bag(most),
            "maximumRefundableSet": bag(most),
            "parentTransaction": gid("OrderTransaction", payment.id),
        })
    };
    let all: Decimal = payments(order).map(|payment| left(order, payment)).sum();
    json!({
        "amountSet": bag(all),
        "maximumRefundableSet": bag(all),
        "suggestedTransactions": payments(order).filter(|p| !left(order, p).is_zero()).map(way).collect::<Vec<_>>(),
    })
}

pub(super) fn create(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("input").cloned().unwrap_or_default();
    if inputs::flag(&input, "allowOverRefunding") == Some(true) {
        return Err(Fail::not_simulated("a refund of more than was paid"));
    }
    let Some(mut order) = order(cx, inputs::text(&input, "orderId").unwrap_or_default())? else {
        return Ok(refused("orderId", "Order does not exist"));
    };
    let mut moved = Vec::new();
    for wanted in inputs::list(&input, "transactions").unwrap_or_default() {
        match payback(cx, &order, wanted)? {
            Ok(transaction) => moved.push(transaction),
            Err((field, message)) => return Ok(refused(field, &message)),
        }
    }
    let refund = given(cx, inputs::text(&input, "note"), &moved)?;
    order.transactions.extend(moved);
    let id = refund.id;
    order.refunds.push(refund);
    tell(cx, &mut order, id, &[])?;
    Ok(Outcome::applied(json!({ "refund": gid("Refund", id), "order": gid("Order", order.id) })))
}

/// Keeps the order with its new refund, and tells of both.
pub(super) fn tell(cx: &Cx<'_>, order: &mut Order, refund: i64, topics: &[&str]) -> Result<(), Fail> {
    save(cx, order, topics)?;
    match order.refunds.iter().find(|given| given.id == refund) {
        Some(given) => emit::emit(cx, "refunds/create", refund, &rest::refund(cx, order, given)),
        None => Ok(()),
    }
}

/// A refund that moved these.
pub(super) fn given(cx: &Cx<'_>, note: Option<&str>, moved: &[Transaction]) -> Result<Refund, Fail> {
    Ok(Refund {
        id: cx.store.next_id()?,
        note: note.map(str::to_owned),
        lines: Vec::new(),
        delivery: Decimal::ZERO,
        transactions: moved.iter().map(|t| t.id).collect(),
        created_at: cx.stamp(),
    })
}

/// Everything that is left of all payments, paid back.
pub(super) fn all(cx: &Cx<'_>, order: &Order) -> Result<Vec<Transaction>, Fail> {
    let open = payments(order).filter(|payment| !left(order, payment).is_zero());
    open.map(|payment| transaction(cx, payment, left(order, payment))).collect()
}

fn transaction(cx: &Cx<'_>, payment: &Transaction, amount: Decimal) -> Result<Transaction, Fail> {
    Ok(Transaction {
        id: cx.store.next_id()?,
        kind: "REFUND".to_owned(),
        status: "SUCCESS".to_owned(),
        gateway: payment.gateway.clone(),
        amount,
        fee: None,
        parent: Some(payment.id),
        created_at: cx.stamp(),
    })
}

type Refusal = (&'static str, String);

fn payback(cx: &Cx<'_>, order: &Order, wanted: &Input) -> Result<Result<Transaction, Refusal>, Fail> {
    let kind = inputs::text(wanted, "kind").unwrap_or_default();
    if kind != "REFUND" {
        return Ok(Err(("", format!("Kind {} is not a valid transaction", kind.to_lowercase()))));
    }
    let parent = inputs::text(wanted, "parentId").and_then(|id| Gid::of("OrderTransaction", id));
    let Some(payment) = payments(order).find(|payment| Some(payment.id) == parent) else {
        return Ok(Err(("transactions", "Transactions require a parent_id associated with the order".to_owned())));
    };
    let amount = inputs::amount(wanted, "amount").unwrap_or_default();
    if amount <= Decimal::ZERO || amount > left(order, payment) {
        let message = "Refund amount is greater than net payment received";
        return Ok(Err(("transactions", message.to_owned())));
    }
    transaction(cx, payment, amount).map(Ok)
}

fn refused(field: &str, message: &str) -> Outcome {
    Outcome::refused(json!({ "refund": null, "order": null }), UserErrors::one("", field, message))
}
