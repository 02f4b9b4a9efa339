//! What people and suppliers say of stock of our own that was ordered.
//!
//! What a person ordered by hand is in the books from when it was said, as what the system orders is from when it was
//! carried out. What has come is no longer on order, and what does not come after all is owed to nobody.

use crate::{Inventory, asked};
use agent::{AgentError, Context, Turn};
use domain::{
    Action, ActionId, Digest, Status,
    books::{self, EntryError},
    news::ParcelNews,
    order::ParcelState,
};
use store::fact::Fact;
use time::OffsetDateTime;

pub(crate) async fn told(
    agent: &Inventory,
    ctx: &Context<'_>,
    news: &ParcelNews,
    at: OffsetDateTime,
) -> Result<Turn, AgentError> {
    let (Ok(id), Some(state)) = (news.number.parse::<ActionId>(), news.state) else { return Ok(Turn::default()) };
    let Some(record) = agent.settled.action(id).await? else { return Ok(Turn::default()) };
    let Action::InventoryRestock(bought) = &record.proposal.action else { return Ok(Turn::default()) };
    if !matches!(record.status, Status::Executed | Status::Simulated) {
        return Ok(Turn::default());
    }
    let wrong = |error: EntryError| AgentError::Reject(error.to_string());
    let placed = books::restock(id, bought, at).map_err(wrong)?;
    let come = books::restock_in(id, bought, at).map_err(wrong)?;
    let back = books::restock_back(id, bought, at).map_err(wrong)?;
    let (is_placed, is_over) = (
        ctx.reads.entry(placed.key()).await?.is_some(),
        ctx.reads.entry(come.key()).await?.is_some() || ctx.reads.entry(back.key()).await?.is_some(),
    );
    let entries = match state {
        _ if is_over => Vec::new(),
        ParcelState::Asked => Vec::new(),
        ParcelState::Placed | ParcelState::Shipped => vec![placed],
        ParcelState::Delivered => vec![placed, come],
        ParcelState::Failed if is_placed => vec![back],
        ParcelState::Failed => Vec::new(),
    };
    let fact = said(ctx, &bought.product.sku, &record.digest, state).await?;
    Ok(Turn { entries, facts: fact.into_iter().collect(), ..Turn::default() })
}

/// The note of the proposal with what was said of it, where it is the last one for its variant.
async fn said(ctx: &Context<'_>, sku: &str, digest: &Digest, state: ParcelState) -> Result<Option<Fact>, AgentError> {
    let Some(mut fact) = ctx.reads.fact(&asked::source(sku)).await? else { return Ok(None) };
    if !asked::is_of(&fact, digest) {
        return Ok(None);
    }
    let word = serde_json::to_value(state).ok().and_then(|value| value.as_str().map(str::to_owned));
    fact.fields.insert(asked::SAID.to_owned(), word.unwrap_or_default());
    Ok(Some(Fact { at: ctx.now, ..fact }))
}
