//! A look at all products on sale: what the feeds say now, what the shop shows, what is to be done.

use crate::{
    Inventory, Shown,
    decide::{decide, kept},
    look::{is_it, look},
    owed, own,
};
use agent::{AgentError, Context, Turn};
use domain::{action::ProductKey, journey::Journey};
use feeds::Item;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;

/// Products looked at in one run.
const A_RUN: usize = 100;
/// Seconds between two runs.
const QUARTER: i64 = 900;
/// Facts and proposals written in one run: they are one transaction.
const MOST: usize = 40;

/// Looks at one product, or at those on sale whose turn it is.
///
/// The shop is read first, then the orders, then the feeds: so whatever happens meanwhile is counted twice rather than
/// not at all, and a stock that has changed in the shop since is not set.
pub(crate) async fn sync(agent: &Inventory, ctx: &Context<'_>, only: Option<&str>) -> Result<Turn, AgentError> {
    let later = |error: &dyn std::fmt::Display| AgentError::Retry(error.to_string());
    let mut products = agent.on_sale.products().await?;
    products.retain(|journey| only.is_none_or(|only| journey.candidate.product.to_string() == only));
    let products = their_turn(products, ctx.now);
    let mut shown = Vec::new();
    for journey in &products {
        shown.push(counted(agent, &journey.candidate.product).await?);
    }
    let owed = agent.orders.open().await?.map(|orders| owed::by_sku(&orders));
    let keys: Vec<&ProductKey> = products.iter().map(|journey| &journey.candidate.product).collect();
    let skus: BTreeSet<&str> =
        products.iter().flat_map(|journey| &journey.candidate.offers).map(|offer| offer.sku.as_str()).collect();
    let known = |sku: &Option<String>| sku.as_deref().is_some_and(|sku| skus.contains(sku));
    let wanted = |item: &Item| {
        keys.iter().any(|key| is_it(item, key)) || item.variants.iter().any(|variant| known(&variant.sku))
    };
    let items = agent.feeds.items(&wanted).await.map_err(|error| later(&error))?;
    let keeps = shown.iter().flat_map(BTreeMap::values).any(|shown| shown.own.is_some());
    let books = own::books(ctx, &items, keeps).await?;
    let mut turn = Turn::default();
    for (journey, shown) in products.iter().zip(shown) {
        if turn.facts.len() + turn.proposals.len() >= MOST {
            break;
        }
        let mut look = look(ctx, journey, &items, shown).await?;
        let kept = kept(agent, ctx, &mut look, books.as_ref()).await?;
        let decided = decide(agent, ctx, &look, owed.as_ref(), &kept).await?;
        decided.drafts.iter().for_each(|draft| look.mark(draft, ctx.now));
        turn.facts.extend(decided.asked);
        for noted in look.offers {
            turn.facts.extend(noted.others);
            let changed = noted.known.is_none_or(|known| known.fields != noted.fact.fields);
            turn.facts.extend(changed.then_some(noted.fact));
        }
        turn.proposals.extend(decided.drafts);
    }
    if !turn.facts.is_empty() || !turn.proposals.is_empty() {
        turn.report = json!({ "noted": turn.facts.len(), "proposed": turn.proposals.len() });
    }
    Ok(turn)
}

/// The products that are looked at in this run: each in its turn.
fn their_turn(mut products: Vec<Journey>, now: OffsetDateTime) -> Vec<Journey> {
    products.sort_by_key(|journey| journey.id);
    let run = usize::try_from(now.unix_timestamp() / QUARTER).unwrap_or_default();
    let first = run.saturating_mul(A_RUN).checked_rem(products.len()).unwrap_or_default();
    if products.len() > A_RUN {
        products.rotate_left(first);
        products.truncate(A_RUN);
    }
    products
}

/// What the shop has of a product, where it can be asked.
async fn counted(agent: &Inventory, product: &ProductKey) -> Result<BTreeMap<String, Shown>, AgentError> {
    let Some(counter) = &agent.counter else { return Ok(BTreeMap::new()) };
    let shown = counter.stock(product).await.map_err(|error| AgentError::Retry(error.to_string()))?;
    Ok(shown.unwrap_or_default())
}
