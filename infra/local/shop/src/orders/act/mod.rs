//! What a client of the Admin API does to orders: holds, parcels, refunds, cancellations, assessments.
//!
//! Each is refused as the live API refuses it: by user errors, with nothing kept.

mod cancel;
pub(crate) mod code;
mod hold;
mod refund;
mod risk;
mod ship;

pub(crate) use refund::suggested;

use super::model::{FulfillmentOrder, Order};
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::Gid;
use crate::mutation::Handler;

pub(crate) const MUTATIONS: [Handler; 7] = [
    Handler {
        name: "fulfillmentOrderHold",
        run: hold::hold,
        inputs: &[
            "id",
            "fulfillmentHold.handle",
            "fulfillmentHold.notifyMerchant",
            "fulfillmentHold.reason",
            "fulfillmentHold.reasonNotes",
        ],
    },
    Handler { name: "fulfillmentOrderReleaseHold", run: hold::release, inputs: &["id", "holdIds"] },
    Handler {
        name: "fulfillmentCreate",
        run: ship::create,
        inputs: &[
            "fulfillment.lineItemsByFulfillmentOrder.fulfillmentOrderId",
            "fulfillment.lineItemsByFulfillmentOrder.fulfillmentOrderLineItems.id",
            "fulfillment.lineItemsByFulfillmentOrder.fulfillmentOrderLineItems.quantity",
            "fulfillment.notifyCustomer",
            "fulfillment.trackingInfo.company",
            "fulfillment.trackingInfo.number",
            "fulfillment.trackingInfo.url",
        ],
    },
    Handler {
        name: "refundCreate",
        run: refund::create,
        inputs: &[
            "input.orderId",
            "input.allowOverRefunding",
            "input.note",
            "input.notify",
            "input.transactions.orderId",
            "input.transactions.parentId",
            "input.transactions.amount",
            "input.transactions.gateway",
            "input.transactions.kind",
        ],
    },
    Handler {
        name: "orderCancel",
        run: cancel::cancel,
        inputs: &[
            "orderId",
            "reason",
            "restock",
            "notifyCustomer",
            "staffNote",
            "refundMethod.originalPaymentMethodsRefund",
        ],
    },
    Handler {
        name: "discountCodeBasicCreate",
        run: code::create,
        inputs: &[
            "basicCodeDiscount.title",
            "basicCodeDiscount.code",
            "basicCodeDiscount.startsAt",
            "basicCodeDiscount.usageLimit",
            "basicCodeDiscount.appliesOncePerCustomer",
            "basicCodeDiscount.context.customers.add",
            "basicCodeDiscount.customerGets.items.all",
            "basicCodeDiscount.customerGets.value.discountAmount.amount",
            "basicCodeDiscount.customerGets.value.discountAmount.appliesOnEachItem",
        ],
    },
    Handler {
        name: "orderRiskAssessmentCreate",
        run: risk::create,
        inputs: &[
            "orderRiskAssessmentInput.orderId",
            "orderRiskAssessmentInput.riskLevel",
            "orderRiskAssessmentInput.facts.description",
            "orderRiskAssessmentInput.facts.sentiment",
        ],
    },
];

/// The order of a global id.
fn order(cx: &Cx<'_>, id: &str) -> Result<Option<Order>, Fail> {
    Gid::of("Order", id).map_or(Ok(None), |number| super::load(cx, number))
}

/// The order of a fulfilment order, and which of its parts that is.
fn part(cx: &Cx<'_>, id: &str) -> Result<Option<(Order, i64)>, Fail> {
    let Some(number) = Gid::of("FulfillmentOrder", id) else { return Ok(None) };
    let order = super::by(cx, &format!("fulfillment-order:{number}"))?;
    Ok(order.map(|order| (order, number)))
}

impl Order {
    fn part_mut(&mut self, id: i64) -> Option<&mut FulfillmentOrder> {
        self.fulfillment_orders.iter_mut().find(|part| part.id == id)
    }
}
