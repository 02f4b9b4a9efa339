//! Other suppliers of the same thing: who is asked when the first one has none.
//!
//! The same thing is the same stock keeping unit; each other supplier's offer has a note of its own, and the first one's
//! note names them.

use agent::{AgentError, Context};
use domain::action::ProductKey;
use feeds::{Item, Variant};
use std::collections::BTreeMap;
use store::fact::Fact;

/// Others that are noted of one thing.
const MOST: usize = 5;

/// Offers of the same stock keeping unit by others, by their names.
fn offers<'a>(items: &'a [Item], product: &ProductKey, sku: &str) -> BTreeMap<&'a str, (&'a Item, &'a Variant)> {
    let other = |item: &'a Item| {
        let supplier = item.supplier.as_deref().filter(|name| *name != product.supplier && !name.contains(','))?;
        let variant = item.variants.iter().find(|variant| variant.sku.as_deref() == Some(sku))?;
        item.offered.then_some((supplier, (item, variant)))
    };
    items.iter().filter_map(other).take(MOST).collect()
}

/// The names of the others, with commas between them.
pub(crate) fn names(items: &[Item], product: &ProductKey, sku: &str) -> String {
    offers(items, product, sku).into_keys().collect::<Vec<_>>().join(",")
}

/// What is to be noted of the others' offers, where it is not on record already.
pub(crate) async fn changed(
    ctx: &Context<'_>,
    items: &[Item],
    (product, sku): (&ProductKey, &str),
) -> Result<Vec<Fact>, AgentError> {
    let mut facts = Vec::new();
    for (supplier, (item, variant)) in offers(items, product, sku) {
        let told = [
            ("supplier", Some(supplier.to_owned())),
            ("cost", variant.cost.or(item.cost).map(|cost| cost.to_string())),
            ("stock", variant.stock.map(|stock| stock.to_string())),
            ("days", item.shipping_days.map(|days| days.to_string())),
        ];
        let fields = told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        let fact = Fact { source: format!("product:variant/{sku}@{supplier}"), fields, at: ctx.now };
        let known = ctx.reads.fact(&fact.source).await?;
        facts.extend(known.is_none_or(|known| known.fields != fact.fields).then_some(fact));
    }
    Ok(facts)
}
