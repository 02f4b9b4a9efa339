//! What is to be done about a product.

use crate::{
    Inventory, Shown, case,
    look::{Look, Noted, tell},
    owed::Owed,
    own::{self, Kept},
    sold::Sold,
};
use agent::{AgentError, Context, Draft};
use domain::{
    Action, Digest,
    action::{InventorySet, ProductUnpublish, UnpublishReason},
    text::Lang,
};
use policy::{Rule, rules::inventory};
use std::collections::BTreeMap;
use store::fact::Fact;
use time::{Date, OffsetDateTime};

/// What is known of the variants that we keep, by stock keeping unit; what of it a decision can rest on is on their
/// notes, and so is what is missing.
pub(crate) async fn kept(
    agent: &Inventory,
    ctx: &Context<'_>,
    look: &mut Look<'_>,
    books: Option<&Sold>,
) -> Result<BTreeMap<String, Kept>, AgentError> {
    let mut all = BTreeMap::new();
    for noted in &mut look.offers {
        let own = look.shown.get(&noted.sku).and_then(|shown| shown.own);
        let kept = match (own, books) {
            (Some(own), Some(books)) => own::kept(agent, ctx, &variant(noted, own, look.since), books).await?,
            _ => Kept::default(),
        };
        let told = [
            ("own", own.map(|own| own.to_string())),
            ("short", kept.short.map(|short| short.to_string())),
            ("lacks", Some(kept.lacks.join(",")).filter(|lacks| !lacks.is_empty())),
        ];
        tell(&mut noted.fact.fields, told);
        all.insert(noted.sku.clone(), kept);
    }
    Ok(all)
}

fn variant<'a>(noted: &'a Noted, own: i64, since: Date) -> own::Variant<'a> {
    own::Variant { sku: &noted.sku, own, lead: noted.lead, cost: noted.cost, since }
}

/// What is to be done about one product, and notes of what is asked for.
#[derive(Default)]
pub(crate) struct Decided {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) asked: Vec<Fact>,
}

impl Decided {
    /// Asks for it, and notes that it was asked for, unless the very same was refused or failed lately.
    async fn propose(&mut self, ctx: &Context<'_>, draft: Option<Draft>, note: Option<Fact>) -> Result<(), AgentError> {
        let Some(draft) = draft else { return Ok(()) };
        if is_fresh(ctx, &draft.action).await? {
            self.drafts.push(draft);
            self.asked.extend(note);
        }
        Ok(())
    }
}

/// What is to be done about one product.
pub(crate) async fn decide(
    agent: &Inventory,
    ctx: &Context<'_>,
    look: &Look<'_>,
    owed: Option<&BTreeMap<String, Owed>>,
    kept: &BTreeMap<String, Kept>,
) -> Result<Decided, AgentError> {
    let mut decided = Decided::default();
    let mut sold_out = !look.offers.is_empty();
    for noted in &look.offers {
        let input = known(look, noted, owed, kept.get(&noted.sku));
        let said: inventory::Output =
            ctx.policy.rule(Rule::Inventory, &input).map_err(|error| AgentError::Retry(error.to_string()))?;
        sold_out &= said.sold_out;
        let why = ctx.policy.sentences(&said.findings, Lang::En);
        decided.propose(ctx, set(look, noted, (&said, &why), ctx.now), None).await?;
        if let (Some(units), Some(own)) = (said.restock_units, input.own_units) {
            let about = (look.product, look.title, noted.fact.source.as_str());
            let wanted = (u32::try_from(units).unwrap_or(u32::MAX), why.as_str());
            let asked = own::restock(agent, ctx, about, &variant(noted, own, look.since), wanted).await?;
            let (draft, note) = asked.unzip();
            decided.propose(ctx, draft, note).await?;
        }
    }
    if sold_out && look.shown.values().all(|shown| shown.for_sale() <= 0) && !look.shown.is_empty() {
        decided.propose(ctx, Some(unpublish(look)), None).await?;
    }
    Ok(decided)
}

/// Whether the very same was neither refused lately nor failed.
async fn is_fresh(ctx: &Context<'_>, action: &Action) -> Result<bool, AgentError> {
    let Some(refusal) = ctx.refused(action).await? else { return Ok(true) };
    let same = Digest::of(action).is_ok_and(|own| own.as_str() == refusal.digest);
    Ok(!same || ctx.now - refusal.at >= own::rest(ctx)?)
}

/// What the rule reads of one variant. What is for sale at further locations is promised of the same stock.
fn known(
    look: &Look<'_>,
    noted: &Noted,
    owed: Option<&BTreeMap<String, Owed>>,
    kept: Option<&Kept>,
) -> inventory::Input {
    let shown = look.shown.get(&noted.sku).copied();
    let Shown { committed, elsewhere, .. } = shown.unwrap_or_default();
    let owes = |owed: &BTreeMap<String, Owed>| owed.get(&noted.sku).copied().unwrap_or_default().units(committed);
    inventory::Input {
        supplier_units: noted.stock,
        owed_units: owed.map(|owed| owes(owed).saturating_add(elsewhere)),
        shop_units: shown.and_then(|shown| shown.followed),
        other_units: Some(shown.unwrap_or_default().beside()),
        ..kept.map(|kept| kept.input.clone()).unwrap_or_default()
    }
}

fn set(look: &Look<'_>, noted: &Noted, (said, why): (&inventory::Output, &str), now: OffsetDateTime) -> Option<Draft> {
    let from = u32::try_from(look.shown.get(&noted.sku)?.followed?).ok()?;
    let to = u32::try_from(said.sellable_units.filter(|_| said.set)?).ok()?;
    let action = InventorySet { product: look.product.clone(), variant_sku: noted.sku.clone(), from, to };
    let title = format!("Show {to} of “{}” ({}) instead of {from}", look.title, noted.sku);
    let stock = noted.fact.fields.get("stock").cloned()?;
    let source = &noted.fact.source;
    let rests_on = vec![case::is(source, "stock", &stock), case::is(source, case::SET, &case::stamp(now))];
    Some(case::draft(action.into(), (title, why.to_owned()), rests_on))
}

fn unpublish(look: &Look<'_>) -> Draft {
    let action = ProductUnpublish {
        product: look.product.clone(),
        title: look.title.to_owned(),
        reason: UnpublishReason::OutOfStock,
    };
    let title = format!("Take “{}” off sale", look.title);
    case::draft(action.into(), (title, "the supplier has none left of any variant".to_owned()), Vec::new())
}
