//! Orders that the shop knows better than we do: what a lost message left out.
//!
//! They are handed in at the door at which the shop's own messages come in, as one of the same kind, so that there is
//! one way into the system. The key is the order with the shop's time of the change: found twice, it comes in once.

use crate::{Found, Manager};
use agent::{AgentError, Context};
use domain::{News, news::Said};
use store::{fact::Fact, news::Accepted};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// Where it is kept how far the shop was read.
const SOURCE: &str = "finance:reconciled";
const UNTIL: &str = "until";
/// Read again each time: what the shop's search does not show at once, and clocks that differ.
const OVERLAP: Duration = Duration::minutes(30);
/// How far back the first reading goes.
const FIRST: Duration = Duration::days(2);
/// Orders read in one run.
const MOST: usize = 200;

/// Hands in what is missing. With what was found, and how far the shop was read.
pub(crate) async fn reconcile(manager: &Manager, ctx: &Context<'_>) -> Result<(usize, Option<Fact>), AgentError> {
    let Some(shop) = &manager.shop else { return Ok((0, None)) };
    let known = ctx.reads.fact(SOURCE).await?;
    let until = known.and_then(|fact| OffsetDateTime::parse(fact.fields.get(UNTIL)?, &Rfc3339).ok());
    let since = until.map_or(ctx.now - FIRST, |until| until - OVERLAP);
    let found = match shop.changed(since, MOST).await {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, "the shop's orders could not be read: nothing was reconciled");
            return Ok((0, None));
        }
    };
    let read_to = found.last().filter(|_| found.len() >= MOST).map_or(ctx.now, |(_, at)| *at);
    let mut new = 0;
    for (id, at) in found {
        let known = ctx.reads.order(&id).await?.is_some_and(|row| row.value.shop.updated >= at);
        if !known && let Some(order) = shop.order(&id).await.map_err(|error| AgentError::Retry(error.to_string()))? {
            new += usize::from(hand_in(manager, ctx, order).await?);
        }
    }
    let text = read_to.format(&Rfc3339).unwrap_or_default();
    let fact = Fact { source: SOURCE.to_owned(), fields: [(UNTIL.to_owned(), text)].into(), at: ctx.now };
    Ok((new, Some(fact)))
}

/// Whether the order is news to the door as well.
async fn hand_in(manager: &Manager, ctx: &Context<'_>, found: Found) -> Result<bool, AgentError> {
    let Found { shop, contact, .. } = found;
    let news = News {
        id: format!("poll:{}:{}", shop.order, shop.updated.unix_timestamp_nanos()),
        topic: "orders/updated".to_owned(),
        from: "reconciliation".to_owned(),
        triggered: shop.updated,
        received: ctx.now,
        said: Said::Order(Box::new(shop)),
    };
    let accepted = manager.door.accept(&news, &contact).await;
    Ok(accepted.map_err(|error| AgentError::Retry(error.to_string()))? == Accepted::New)
}
