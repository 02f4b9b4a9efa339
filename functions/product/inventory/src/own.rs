//! Stock of our own: how much there is, and whether it is ordered again.
//!
//! What is compared with the reorder point is the position: what can be sold at our location, which the shop counts
//! without what it has sold and not sent, and what is on order. Nothing of it is guessed: without one of the numbers
//! nothing is ordered, and the variant's note says which one it is.

use crate::{
    Inventory, asked, case,
    reorder::{self, Limits},
    sold::Sold,
};
use agent::{AgentError, Context, Draft};
use domain::{
    Action, Money,
    action::{InventoryRestock, ProductKey},
    order::Portion,
    proposal::Impact,
};
use feeds::Item;
use policy::rules::inventory;
use rust_decimal::Decimal;
use serde::Deserialize;
use store::fact::Fact;
use supply::Error;
use time::{Date, Duration};

/// The part of the policy table `approval` that is needed here.
#[derive(Deserialize)]
struct CoolDown {
    reject_cooldown_minutes: i64,
}

/// One variant that we keep.
#[derive(Debug, Clone)]
pub(crate) struct Variant<'a> {
    pub(crate) sku: &'a str,
    /// Units that can be sold at our location.
    pub(crate) own: i64,
    /// Days that its supplier takes.
    pub(crate) lead: Option<u32>,
    pub(crate) cost: Option<Money>,
    /// The day on which it went on sale.
    pub(crate) since: Date,
}

/// What is known of a variant that we keep.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// What the rule reads of it.
    pub(crate) input: inventory::Input,
    /// Units that are missing up to the reorder point; negative where there are more.
    pub(crate) short: Option<i64>,
    /// What is not known.
    pub(crate) lacks: Vec<&'static str>,
}

/// What policy says of it.
pub(crate) fn limits(ctx: &Context<'_>) -> Result<Limits, AgentError> {
    ctx.policy.thresholds("inventory").map_err(|error| AgentError::Retry(error.to_string()))
}

/// How long after a refusal the same is not asked again.
pub(crate) fn rest(ctx: &Context<'_>) -> Result<Duration, AgentError> {
    let table: CoolDown = ctx.policy.thresholds("approval").map_err(|error| AgentError::Retry(error.to_string()))?;
    Ok(Duration::minutes(table.reject_cooldown_minutes))
}

/// The books as far back as any of `items` needs them; nothing where nothing is kept.
pub(crate) async fn books(ctx: &Context<'_>, items: &[Item], kept: bool) -> Result<Option<Sold>, AgentError> {
    if !kept {
        return Ok(None);
    }
    let limits = limits(ctx)?;
    let longest = items.iter().filter_map(|item| item.shipping_days).max().unwrap_or_default();
    let days = limits.history_days.max(limits.under_way_days(longest));
    Sold::read(ctx, days).await.map(Some)
}

/// What is known of one variant.
pub(crate) async fn kept(
    agent: &Inventory,
    ctx: &Context<'_>,
    variant: &Variant<'_>,
    sold: &Sold,
) -> Result<Kept, AgentError> {
    let limits = limits(ctx)?;
    let days = sold.days(variant.sku, variant.since, limits.history_days);
    let enough = i64::try_from(days.len()).is_ok_and(|days| days >= limits.least_history_days);
    let known = [
        ("sold", sold.is_whole()),
        ("days", variant.lead.is_some()),
        ("cost", variant.cost.is_some()),
        ("history", enough),
    ];
    let lacks: Vec<&str> = known.into_iter().filter(|(_, known)| !known).map(|(name, _)| name).collect();
    let own = inventory::Input { own_units: Some(variant.own), ..inventory::Input::default() };
    let (Some(lead), Some(cost), true) = (variant.lead, variant.cost, lacks.is_empty()) else {
        return Ok(Kept { input: own, lacks, short: None });
    };
    let wait = limits.under_way_days(lead);
    let on_order = sold.on_order(variant.sku, wait);
    let demand = reorder::demand(&days);
    let point = demand.and_then(|demand| reorder::reorder_point(&demand, lead, &limits));
    let position = variant.own.saturating_add(on_order);
    let short = point.map(|point| point.saturating_sub(position));
    let free = asked::is_free(agent, ctx, variant.sku, (Duration::days(wait), rest(ctx)?)).await?;
    let economic = demand.and_then(|demand| reorder::economic_quantity(&demand, cost.amount(), &limits));
    let input = inventory::Input {
        on_order_units: Some(on_order),
        reorder_units: point,
        economic_units: economic.filter(|_| free),
        ..own
    };
    Ok(Kept { input, short, lacks })
}

/// The proposal to order `quantity` of a variant, with the note of it; nothing where its supplier says that it has too
/// little. What it costs is what the supplier says, shipping included, where it can be asked.
pub(crate) async fn restock(
    agent: &Inventory,
    ctx: &Context<'_>,
    (product, title, source): (&ProductKey, &str, &str),
    variant: &Variant<'_>,
    (quantity, why): (u32, &str),
) -> Result<Option<(Draft, Fact)>, AgentError> {
    let Some(cost) = variant.cost else { return Ok(None) };
    let goods =
        cost.amount().checked_mul(Decimal::from(quantity)).and_then(|all| Money::new(all, cost.currency()).ok());
    let Some(goods) = goods else { return Ok(None) };
    let key = ProductKey { supplier: product.supplier.clone(), sku: variant.sku.to_owned() };
    let wanted = InventoryRestock { product: key, quantity, total: goods };
    let Some(said) = ask(agent, &wanted).await else { return Ok(None) };
    let (total, missing) = (said.unwrap_or(goods), said.is_none());
    let action: Action = InventoryRestock { total, ..wanted }.into();
    let Some(note) = asked::note(variant.sku, &action, ctx.now) else { return Ok(None) };
    let noted = asked::source(variant.sku);
    let premises = vec![
        case::at_least(source, "short", 0),
        case::at_least(source, "stock", quantity.into()),
        case::is(source, "cost", &cost.to_string()),
        case::is(&noted, asked::AT, &case::stamp(ctx.now)),
    ];
    let told = format!("Order {quantity} of “{title}” ({}) for {total}", variant.sku);
    let mut draft = case::draft(action, (told, why.to_owned()), premises);
    draft.case.data_sources.push("units sold, in the books".to_owned());
    draft.case.impact = Impact { cost: Some(total), ..Impact::default() };
    if missing {
        draft.case.missing.push("the supplier's own price, shipping included".to_owned());
    }
    Ok(Some((draft, note)))
}

/// What the supplier charges for it, shipping included, as far as it can be asked; nothing at all where it has too
/// little.
async fn ask(agent: &Inventory, wanted: &InventoryRestock) -> Option<Option<Money>> {
    let Some(country) = agent.country.as_deref() else { return Some(None) };
    let Portion { line, sku, quantity } = wanted.portion();
    let items = [supply::Item { line, sku, reference: None, print: None, quantity }];
    match agent.desk.quote(&wanted.product.supplier, &items, country).await {
        Ok(quote) if quote.items.iter().any(|said| !said.available) => None,
        Ok(quote) => Some(quote.total(&items).filter(|total| total.currency() == wanted.total.currency())),
        Err(Error::OutOfStock { .. }) => None,
        Err(error) => {
            tracing::debug!(supplier = wanted.product.supplier, %error, "no quote");
            Some(None)
        }
    }
}
