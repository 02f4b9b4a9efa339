//! What is known of a product that is on sale: what the feeds say of it, and what the shop has.

use crate::{Shown, case, others, sold};
use agent::{AgentError, Context, Draft};
use domain::{
    Action, Money,
    action::ProductKey,
    journey::{Candidate, Journey, Offer},
};
use feeds::Item;
use std::collections::BTreeMap;
use store::fact::Fact;
use time::{Date, OffsetDateTime};

/// What is known of one product.
pub(crate) struct Look<'a> {
    pub(crate) product: &'a ProductKey,
    pub(crate) title: &'a str,
    pub(crate) offers: Vec<Noted>,
    pub(crate) shown: BTreeMap<String, Shown>,
    /// The day on which it went on sale.
    pub(crate) since: Date,
}

/// One variant, as the feed has it now.
pub(crate) struct Noted {
    pub(crate) sku: String,
    pub(crate) cost: Option<Money>,
    pub(crate) stock: Option<i64>,
    /// Days that its supplier takes.
    pub(crate) lead: Option<u32>,
    pub(crate) fact: Fact,
    pub(crate) known: Option<Fact>,
    /// What others offer it for.
    pub(crate) others: Vec<Fact>,
}

impl Look<'_> {
    /// Notes when a stock was last asked to be set, which the proposal rests on: one that is carried out late, after
    /// another look, is not carried out at all. The shop alone cannot tell, where its stock has come back to the same number.
    pub(crate) fn mark(&mut self, draft: &Draft, now: OffsetDateTime) {
        let Action::InventorySet(set) = &draft.action else { return };
        for noted in self.offers.iter_mut().filter(|noted| noted.sku == set.variant_sku) {
            noted.fact.fields.insert(case::SET.to_owned(), case::stamp(now));
        }
    }
}

/// Whether an item of a feed is this product.
pub(crate) fn is_it(item: &Item, key: &ProductKey) -> bool {
    item.sku == key.sku && item.supplier.as_deref().is_some_and(|supplier| supplier == key.supplier)
}

/// All that is known of a product.
pub(crate) async fn look<'a>(
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
    Ok(Look { product, title, offers: noted, shown, since: sold::day_of(journey.updated) })
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
    let lead = item.and_then(|item| item.shipping_days);
    let told = [
        ("product", Some(product.to_string())),
        ("supplier", Some(product.supplier.clone())),
        ("cost", Some(cost.to_string())),
        ("category", Some(category.to_owned()).filter(|category| !category.is_empty())),
        ("stock", stock.map(|stock| stock.to_string())),
        ("usual", usual.map(|usual| usual.to_string())),
        ("days", lead.map(|days| days.to_string())),
        ("others", Some(others::names(items, product, &offer.sku)).filter(|names| !names.is_empty())),
    ];
    tell(&mut fields, told);
    let others = others::changed(ctx, items, (product, &offer.sku)).await?;
    let fact = Fact { source, fields, at: ctx.now };
    Ok(Noted { sku: offer.sku.clone(), cost: Some(cost), stock, lead, fact, known, others })
}

/// Puts what is known into a note, and takes what is not known any more out of it.
pub(crate) fn tell<const N: usize>(fields: &mut BTreeMap<String, String>, told: [(&str, Option<String>); N]) {
    for (name, value) in told {
        match value {
            Some(value) => drop(fields.insert(name.to_owned(), value)),
            None => drop(fields.remove(name)),
        }
    }
}

/// What the feed usually says: moves a fifth of the way to what it says now, so that one jump is still a jump.
fn usual(before: Option<i64>, now: i64) -> i64 {
    let Some(before) = before else { return now };
    let apart = now.saturating_sub(before);
    let step = apart.checked_div(5).unwrap_or_default();
    before.saturating_add(if step == 0 { apart.signum() } else { step })
}
