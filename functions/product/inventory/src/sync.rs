//! A look at all products on sale: what the feeds say now, what the shop shows, what is to be done.

use crate::{
    Inventory, Shown, case, others,
    owed::{self, Owed},
    reorder::{self, Limits},
};
use agent::{AgentError, Context, Draft, Turn};
use domain::{
    Action, Money,
    action::{InventoryRestock, InventorySet, ProductKey, ProductUnpublish, UnpublishReason},
    journey::{Candidate, Journey, Offer},
    text::Lang,
};
use feeds::Item;
use policy::{Rule, rules::inventory};
use rust_decimal::Decimal;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use store::fact::Fact;
use time::OffsetDateTime;

/// Products looked at in one run.
const A_RUN: usize = 100;
/// Seconds between two runs.
const QUARTER: i64 = 900;
/// Facts and proposals written in one run: they are one transaction.
const MOST: usize = 40;

/// What is known of one product.
struct Look<'a> {
    product: &'a ProductKey,
    title: &'a str,
    offers: Vec<Noted>,
    shown: BTreeMap<String, Shown>,
}

/// One variant, as the feed has it now.
struct Noted {
    sku: String,
    cost: Option<Money>,
    stock: Option<i64>,
    fact: Fact,
    changed: bool,
    /// What others offer it for.
    others: Vec<Fact>,
}

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
    let mut turn = Turn::default();
    for (journey, shown) in products.iter().zip(shown) {
        if turn.facts.len() + turn.proposals.len() >= MOST {
            break;
        }
        let mut look = look(ctx, journey, &items, shown).await?;
        let drafts = fresh(ctx, decide(ctx, &look, owed.as_ref())?).await?;
        drafts.iter().for_each(|draft| mark(&mut look, draft, ctx.now));
        for noted in look.offers {
            turn.facts.extend(noted.others);
            turn.facts.extend(noted.changed.then_some(noted.fact));
        }
        turn.proposals.extend(drafts);
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

/// Those that were not refused lately.
async fn fresh(ctx: &Context<'_>, drafts: Vec<Draft>) -> Result<Vec<Draft>, AgentError> {
    let mut kept = Vec::new();
    for draft in drafts {
        if ctx.refused(&draft.action).await?.is_none() {
            kept.push(draft);
        }
    }
    Ok(kept)
}

/// Notes when a stock was last asked to be set, which the proposal rests on: one that is carried out late, after
/// another look, is not carried out at all. The shop alone cannot tell, where its stock has come back to the same number.
fn mark(look: &mut Look<'_>, draft: &Draft, now: OffsetDateTime) {
    let Action::InventorySet(set) = &draft.action else { return };
    for noted in look.offers.iter_mut().filter(|noted| noted.sku == set.variant_sku) {
        noted.fact.fields.insert(case::SET.to_owned(), case::stamp(now));
        noted.changed = true;
    }
}

fn is_it(item: &Item, key: &ProductKey) -> bool {
    item.sku == key.sku && item.supplier.as_deref().is_some_and(|supplier| supplier == key.supplier)
}

async fn look<'a>(
    ctx: &Context<'_>,
    journey: &'a Journey,
    items: &[Item],
    shown: BTreeMap<String, Shown>,
) -> Result<Look<'a>, AgentError> {
    let Candidate { product, title, offers, category, .. } = &journey.candidate;
    let mut noted = Vec::new();
    for offer in offers {
        noted.push(note(ctx, (product, category), offer, items).await?);
    }
    Ok(Look { product, title, offers: noted, shown })
}

/// What is to be on record of a variant. What the feed no longer names has no stock.
async fn note(
    ctx: &Context<'_>,
    (product, category): (&ProductKey, &str),
    offer: &Offer,
    items: &[Item],
) -> Result<Noted, AgentError> {
    let item = items.iter().find(|item| is_it(item, product));
    let source = format!("product:variant/{}", offer.sku);
    let known = ctx.reads.fact(&source).await?;
    let variant = item.and_then(|item| item.variants.iter().find(|variant| variant.sku.as_deref() == Some(&offer.sku)));
    let offered = item.is_some_and(|item| item.offered);
    let stock = match variant {
        Some(variant) if offered => variant.stock.and_then(|units| i64::try_from(units).ok()),
        _ => Some(0),
    };
    let cost = variant.and_then(|variant| variant.cost).unwrap_or(offer.cost);
    let mut fields: BTreeMap<String, String> = known.as_ref().map(|fact| fact.fields.clone()).unwrap_or_default();
    let usual = stock.map(|stock| usual(fields.get("usual").and_then(|text| text.parse().ok()), stock));
    let told = [
        ("product", Some(product.to_string())),
        ("supplier", Some(product.supplier.clone())),
        ("cost", Some(cost.to_string())),
        ("category", Some(category.to_owned()).filter(|category| !category.is_empty())),
        ("stock", stock.map(|stock| stock.to_string())),
        ("usual", usual.map(|usual| usual.to_string())),
        ("days", item.and_then(|item| item.shipping_days).map(|days| days.to_string())),
        ("others", Some(others::names(items, product, &offer.sku)).filter(|names| !names.is_empty())),
    ];
    for (name, value) in told {
        match value {
            Some(value) => drop(fields.insert(name.to_owned(), value)),
            None => drop(fields.remove(name)),
        }
    }
    let changed = known.is_none_or(|fact| fact.fields != fields);
    let others = others::changed(ctx, items, (product, &offer.sku)).await?;
    let fact = Fact { source, fields, at: ctx.now };
    Ok(Noted { sku: offer.sku.clone(), cost: Some(cost), stock, fact, changed, others })
}

/// What the feed usually says: moves a fifth of the way to what it says now, so that one jump is still a jump.
fn usual(before: Option<i64>, now: i64) -> i64 {
    let Some(before) = before else { return now };
    let apart = now.saturating_sub(before);
    let step = apart.checked_div(5).unwrap_or_default();
    before.saturating_add(if step == 0 { apart.signum() } else { step })
}

/// What is to be done about one product.
fn decide(ctx: &Context<'_>, look: &Look<'_>, owed: Option<&BTreeMap<String, Owed>>) -> Result<Vec<Draft>, AgentError> {
    let mut drafts = Vec::new();
    let mut sold_out = !look.offers.is_empty();
    for noted in &look.offers {
        let shown = look.shown.get(&noted.sku);
        let committed = shown.map(|shown| shown.committed).unwrap_or_default();
        let input = inventory::Input {
            supplier_units: noted.stock,
            owed_units: owed.map(|owed| owed.get(&noted.sku).copied().unwrap_or_default().units(committed)),
            shop_units: shown.map(|shown| shown.available),
            other_units: Some(0),
            ..stocked(ctx, noted)?
        };
        let said: inventory::Output =
            ctx.policy.rule(Rule::Inventory, &input).map_err(|error| AgentError::Retry(error.to_string()))?;
        sold_out &= said.sold_out;
        let why = ctx.policy.sentences(&said.findings, Lang::En);
        drafts.extend(set(look, noted, (&said, &why), ctx.now));
        drafts.extend(restock(look, noted, &said, &why));
    }
    if sold_out && look.shown.values().all(|shown| shown.available <= 0) && !look.shown.is_empty() {
        drafts.push(unpublish(look));
    }
    Ok(drafts)
}

fn set(look: &Look<'_>, noted: &Noted, (said, why): (&inventory::Output, &str), now: OffsetDateTime) -> Option<Draft> {
    let from = u32::try_from(look.shown.get(&noted.sku)?.available).ok()?;
    let to = u32::try_from(said.sellable_units.filter(|_| said.set)?).ok()?;
    let action = InventorySet { product: look.product.clone(), variant_sku: noted.sku.clone(), from, to };
    let title = format!("Show {to} of “{}” ({}) instead of {from}", look.title, noted.sku);
    let stock = noted.fact.fields.get("stock").cloned()?;
    let rests_on = vec![("stock", stock), (case::SET, case::stamp(now))];
    Some(case::draft(action.into(), (title, why.to_owned()), (&noted.fact.source, rests_on)))
}

fn restock(look: &Look<'_>, noted: &Noted, said: &inventory::Output, why: &str) -> Option<Draft> {
    let quantity = u32::try_from(said.restock_units?).ok()?;
    let cost = noted.cost?;
    let total = Money::new(cost.amount().checked_mul(Decimal::from(quantity))?, cost.currency()).ok()?;
    let product = ProductKey { supplier: look.product.supplier.clone(), sku: noted.sku.clone() };
    let title = format!("Order {quantity} of “{}” ({}) for {total}", look.title, noted.sku);
    Some(case::draft(InventoryRestock { product, quantity, total }.into(), (title, why.to_owned()), ("", Vec::new())))
}

fn unpublish(look: &Look<'_>) -> Draft {
    let action = ProductUnpublish {
        product: look.product.clone(),
        title: look.title.to_owned(),
        reason: UnpublishReason::OutOfStock,
    };
    let title = format!("Take “{}” off sale", look.title);
    case::draft(action.into(), (title, "the supplier has none left of any variant".to_owned()), ("", Vec::new()))
}

/// Stock of our own: where a variant's note says how many we keep, how many were sold on each day, and how long a
/// purchase takes. Nothing of it is guessed: without one of them nothing is ordered.
fn stocked(ctx: &Context<'_>, noted: &Noted) -> Result<inventory::Input, AgentError> {
    let limits: Limits = ctx.policy.thresholds("inventory").map_err(|error| AgentError::Retry(error.to_string()))?;
    let field = |name: &str| noted.fact.fields.get(name);
    let known = || {
        let own: i64 = field("own")?.parse().ok()?;
        let lead: u32 = field("lead_days")?.parse().ok()?;
        let sold = field("sold")?.split(',').map(|units| units.trim().parse().ok()).collect::<Option<Vec<u32>>>()?;
        let enough = i64::try_from(sold.len()).ok()? >= limits.least_history_days;
        let last = usize::try_from(limits.history_days).ok()?;
        let recent = sold.get(sold.len().saturating_sub(last)..)?;
        let demand = reorder::demand(recent).filter(|_| enough)?;
        Some(inventory::Input {
            own_units: Some(own),
            reorder_units: reorder::reorder_point(&demand, lead, &limits),
            economic_units: reorder::economic_quantity(&demand, noted.cost?.amount(), &limits),
            ..inventory::Input::default()
        })
    };
    Ok(known().unwrap_or_default())
}
