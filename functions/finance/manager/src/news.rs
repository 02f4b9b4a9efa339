//! What the shop and suppliers say of their own accord.

use crate::{Manager, give, lead, parcels};
use agent::{AgentError, Context, Turn};
use domain::{
    News, Order,
    news::Said,
    order::{OrderStage, Refund, Snapshot},
};
use store::fact::Fact;
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

pub(crate) async fn heard(manager: &Manager, ctx: &Context<'_>, news: News) -> Result<Turn, AgentError> {
    match news.said {
        Said::Order(snapshot) => order(ctx, *snapshot, &news.topic).await,
        Said::Refund(refund) => paid_back(ctx, refund).await,
        Said::Parcel(told) => parcels::told(ctx, &[told], manager.orders.as_ref()).await,
        Said::OrderChanged { order } => changed(manager, ctx, &order, &news.id).await,
        _ => Ok(Turn::default()),
    }
}

/// Puts the shop's word on the order, unless a later one is there.
async fn order(ctx: &Context<'_>, snapshot: Snapshot, topic: &str) -> Result<Turn, AgentError> {
    let row = ctx.reads.order(&snapshot.order).await?;
    let Some(known) = row.as_ref().map(|row| row.value.clone()) else {
        return lead::on(ctx, None, Order::new(snapshot, ctx.now), ("received", vec![topic.to_owned()]));
    };
    if snapshot.updated <= known.shop.updated {
        return lead::on(ctx, row, known, ("seen again", Vec::new()));
    }
    lead::on(ctx, row, merged(known, snapshot), ("changed in the shop", vec![topic.to_owned()]))
}

/// The order with the shop's later word. What was found about another sum or another country is found anew.
pub(crate) fn merged(order: Order, shop: Snapshot) -> Order {
    let taxed_alike = order.shop.totals.total == shop.totals.total && order.shop.country == shop.country;
    let lines_alike = order.shop.lines == shop.lines;
    let stage = match order.stage {
        // Other lines may be what somebody can send.
        OrderStage::Stuck if !lines_alike => OrderStage::Ordering,
        same => same,
    };
    let taxed = order.taxed.clone().filter(|_| taxed_alike);
    Order { shop, taxed, stage, ..order }
}

async fn paid_back(ctx: &Context<'_>, refund: Refund) -> Result<Turn, AgentError> {
    let Some(row) = ctx.reads.order(&refund.order).await? else {
        return Err(AgentError::Retry(format!("order {} of refund {} is not known yet", refund.order, refund.id)));
    };
    let why = vec![format!("{} by refund {}", refund.amount, refund.id)];
    let noted = noted(ctx, &row.value, &refund).await?;
    let to = with_refund(row.value.clone(), refund);
    let mut turn = lead::on(ctx, Some(row), to, ("paid back", why))?;
    turn.facts.extend(noted);
    Ok(turn)
}

/// When the customer got money back, lately: what later refunds are judged by.
async fn noted(ctx: &Context<'_>, order: &Order, refund: &Refund) -> Result<Option<Fact>, AgentError> {
    if order.refunds.iter().any(|known| known.id == refund.id) {
        return Ok(None);
    }
    let source = format!("finance:refunds/{}", order.shop.customer);
    let known = ctx.reads.fact(&source).await?;
    let times = known.and_then(|mut fact| fact.fields.remove("times")).unwrap_or_default();
    let at = refund.at.format(&Rfc3339).unwrap_or_default();
    let recent = |time: &&str| OffsetDateTime::parse(time, &Rfc3339).is_ok_and(|at| ctx.now - at < Duration::days(30));
    let kept: Vec<&str> = times.split(',').filter(recent).chain([at.as_str()]).collect();
    Ok(Some(Fact { source, fields: [("times".to_owned(), kept.join(","))].into(), at: ctx.now }))
}

pub(crate) fn with_refund(mut order: Order, refund: Refund) -> Order {
    if !order.refunds.iter().any(|known| known.id == refund.id) {
        order.refunds.push(refund);
        order.refunds.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    }
    order
}

/// Something that the message does not carry: the order is read from the shop, and looked at again.
async fn changed(manager: &Manager, ctx: &Context<'_>, id: &str, news: &str) -> Result<Turn, AgentError> {
    let row = ctx.reads.order(id).await?;
    let told = match &manager.shop {
        Some(shop) => shop.order(id).await.map_err(|error| AgentError::Retry(error.to_string()))?,
        None => None,
    };
    let Some(row) = row else {
        let Some(told) = told else { return Ok(Turn::default()) };
        return lead::on(
            ctx,
            None,
            Order::new(told.shop, ctx.now),
            ("received", vec!["read from the shop".to_owned()]),
        );
    };
    let mut to = row.value.clone();
    if let Some(told) = told {
        to = with_told(to, told.shop, told.refunds);
        to = held_in_shop(to, told.held);
    }
    let again = give::score(&to, news)?;
    let open = matches!(to.stage, OrderStage::Received | OrderStage::Held | OrderStage::Ordering | OrderStage::Stuck);
    let mut turn = lead::on(ctx, Some(row), to, ("changed in the shop", Vec::new()))?;
    if open {
        turn.tasks.push(again);
    }
    Ok(turn)
}

/// The order with the shop's word where that is later, and all refunds.
pub(crate) fn with_told(order: Order, shop: Snapshot, refunds: Vec<Refund>) -> Order {
    let order = if shop.updated > order.shop.updated { merged(order, shop) } else { order };
    refunds.into_iter().fold(order, with_refund)
}

/// An order that somebody holds in the shop is held here as well, while it can still be.
fn held_in_shop(order: Order, held: bool) -> Order {
    if held && matches!(order.stage, OrderStage::Received | OrderStage::Ordering | OrderStage::Stuck) {
        let reason = order.reason.clone().or_else(|| Some("it is held in the shop".to_owned()));
        return Order { stage: OrderStage::Held, reason, ..order };
    }
    order
}
