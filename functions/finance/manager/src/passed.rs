//! Orders that are with their supplier or further on, of which an answer may have been lost all the same.
//!
//! Goods move on without their tax, and a sale is booked only with it. So each order is looked at once more an hour
//! after each of its changes, in the order of those changes and none twice, however many there are: how far the reading
//! came is on record with what the run mended.

use crate::{
    Manager,
    sweep::{Care, PATIENCE},
};
use agent::{AgentError, Context};
use domain::order::OrderStage;
use store::fact::Fact;

/// Stages in which nothing has to happen any more for the goods to arrive.
const STAGES: [OrderStage; 3] = [OrderStage::Ordered, OrderStage::Shipped, OrderStage::Delivered];
/// Orders looked at in one run, for each stage.
const LOOKED_AT: usize = 50;
/// Where it is kept how far each stage was read.
const SOURCE: &str = "finance:passed";

/// Looks at those whose hour is over; how far it came, where that is further than before.
pub(crate) async fn look(manager: &Manager, ctx: &Context<'_>, care: &mut Care) -> Result<Option<Fact>, AgentError> {
    let known = ctx.reads.fact(SOURCE).await?.map(|fact| fact.fields).unwrap_or_default();
    let mut fields = known.clone();
    for stage in STAGES {
        let after = known.get(stage.name()).cloned();
        for (id, place) in manager.orders.passed(stage, after, ctx.now - PATIENCE, LOOKED_AT).await? {
            if !care.has_room() {
                break;
            }
            let row = ctx.reads.order(&id).await?.filter(|row| row.value.updated <= ctx.now - PATIENCE);
            if let Some(row) = row {
                care.of(manager, ctx, row).await?;
            }
            fields.insert(stage.name().to_owned(), place);
        }
    }
    Ok((fields != known).then(|| Fact { source: SOURCE.to_owned(), fields, at: ctx.now }))
}
