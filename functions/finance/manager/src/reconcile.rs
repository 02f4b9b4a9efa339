//! Orders that the shop knows better than we do: what a lost message left out.
//!
//! They come in as the shop's own messages do, as one of the same kind, so that there is one way into the system. The
//! key is the order with the shop's time of the change: found twice, it comes in once. A run hands in a few, in its one
//! transaction with how far it came; where more is left, the manager gives itself the task of going on from there.

use crate::{Found, Manager, Shop, give};
use agent::{AgentError, Context, NewTask, Turn};
use domain::{News, news::Said};
use serde_json::Value;
use store::{fact::Fact, news::Told};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// Where it is kept from when on the shop is to be read.
const SOURCE: &str = "finance:reconciled";
const FROM: &str = "from";
/// Read again each time: what the shop's search does not show at once, and clocks that differ.
const OVERLAP: Duration = Duration::minutes(30);
/// How far back the first reading goes.
const FIRST: Duration = Duration::days(2);
/// Orders listed in one run.
const LISTED: usize = 200;
/// Orders handed in in one run: each is three rows of the run's one transaction.
const MOST: usize = 20;

/// Where the reading came to.
struct Read {
    lost: Vec<Told>,
    from: OffsetDateTime,
    all: bool,
}

/// A turn that hands in what is missing.
pub(crate) async fn reconcile(manager: &Manager, ctx: &Context<'_>) -> Result<Turn, AgentError> {
    let Some(shop) = &manager.shop else { return Ok(Turn::default()) };
    let known = ctx.reads.fact(SOURCE).await?;
    let from = known.and_then(|fact| OffsetDateTime::parse(fact.fields.get(FROM)?, &Rfc3339).ok());
    let from = from.unwrap_or(ctx.now - FIRST);
    let listed = match shop.changed(from, LISTED).await {
        Ok(listed) => listed,
        Err(error) => {
            tracing::warn!(%error, "the shop's orders could not be read: nothing was reconciled");
            return Ok(Turn::default());
        }
    };
    let mut read = read(shop.as_ref(), ctx, listed).await?;
    if !read.all && read.lost.is_empty() && read.from == from {
        tracing::warn!(%from, "more orders changed in this second than are listed: the others are not looked at");
        read.from = from + Duration::SECOND;
    }
    let text = read.from.format(&Rfc3339).unwrap_or_default();
    let next = (!read.all && read.from > from).then(|| go_on(&text)).transpose()?;
    let fact = Fact { source: SOURCE.to_owned(), fields: [(FROM.to_owned(), text)].into(), at: ctx.now };
    Ok(Turn { news: read.lost, facts: vec![fact], tasks: next.into_iter().collect(), ..Turn::default() })
}

/// Reads orders, oldest first, until as many are missing as one run hands in.
async fn read(shop: &dyn Shop, ctx: &Context<'_>, listed: Vec<(String, OffsetDateTime)>) -> Result<Read, AgentError> {
    let last = listed.last().map(|(_, at)| *at).filter(|_| listed.len() >= LISTED);
    let mut lost = Vec::new();
    for (id, at) in listed {
        if lost.len() >= MOST {
            return Ok(Read { lost, from: at, all: false });
        }
        if ctx.reads.order(&id).await?.is_some_and(|row| row.value.shop.updated >= at) {
            continue;
        }
        match shop.order(&id).await {
            Ok(found) => lost.extend(unheard(ctx, found).await?),
            Err(error) => {
                tracing::warn!(%error, order = id, "an order could not be read in the shop: it is read next time");
                return Ok(Read { lost, from: at, all: true });
            }
        }
    }
    Ok(Read { lost, from: last.unwrap_or(ctx.now - OVERLAP), all: last.is_none() })
}

/// The order as a message, unless that is on its way.
async fn unheard(ctx: &Context<'_>, found: Option<Found>) -> Result<Option<Told>, AgentError> {
    let Some(Found { shop, contact, .. }) = found else { return Ok(None) };
    let news = News {
        id: format!("poll:{}:{}", shop.order, shop.updated.unix_timestamp_nanos()),
        topic: "orders/updated".to_owned(),
        from: "reconciliation".to_owned(),
        triggered: shop.updated,
        received: ctx.now,
        said: Said::Order(Box::new(shop)),
    };
    Ok((!ctx.reads.heard(&news.id).await?).then_some((news, Some(contact))))
}

/// The task of reading on.
fn go_on(from: &str) -> Result<NewTask, AgentError> {
    Ok(NewTask {
        agent: give::named("finance-manager")?,
        kind: "quarter-hourly".to_owned(),
        input: Value::Null,
        key: Some(format!("finance/reconcile/{from}")),
        reply: false,
        journey: None,
    })
}
