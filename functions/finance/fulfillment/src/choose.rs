//! The best offer for each portion.

use crate::offers::{self, Offer};
use agent::{AgentError, Context};
use domain::{Money, order::Portion, text::Lang};
use feeds::SupplierRecord;
use policy::{Rule, rules::fulfillment::Output};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Portions that one supplier is to send.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) supplier: String,
    pub(crate) portions: Vec<Portion>,
    /// The goods, by what is noted of their costs.
    pub(crate) goods: Money,
    /// Where the offers are noted, with the units that they have to hold for.
    pub(crate) rests_on: Vec<(String, u32)>,
    /// Why it was chosen, for people.
    pub(crate) why: Vec<String>,
}

/// A portion that nobody can send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Left {
    pub(crate) portion: Portion,
    pub(crate) reason: String,
}

/// Suppliers that are not to be asked, by line.
pub(crate) type Not = BTreeMap<String, BTreeSet<String>>;

/// The best offers, together by supplier, and what is left.
pub(crate) async fn choose(
    ctx: &Context<'_>,
    (portions, country): (&[Portion], &str),
    not: &Not,
    records: &[SupplierRecord],
) -> Result<(Vec<Choice>, Vec<Left>), AgentError> {
    let (mut chosen, mut left) = (BTreeMap::<(String, String), Choice>::new(), Vec::new());
    for portion in portions {
        match best(ctx, (portion, country), not, records).await? {
            Ok((offer, cost, why)) => {
                let key = (offer.supplier.clone(), cost.currency().to_string());
                let choice = chosen.remove(&key);
                let with = add(choice, portion, (&offer, cost), why);
                match with {
                    Some(choice) => drop(chosen.insert(key, choice)),
                    None => left.push(Left { portion: portion.clone(), reason: "its cost is out of range".to_owned() }),
                }
            }
            Err(reason) => left.push(Left { portion: portion.clone(), reason }),
        }
    }
    Ok((chosen.into_values().collect(), left))
}

/// The choice with one portion more.
fn add(choice: Option<Choice>, portion: &Portion, (offer, cost): (&Offer, Money), why: String) -> Option<Choice> {
    let amount = cost.amount().checked_mul(Decimal::from(portion.quantity))?;
    let goods = Money::new(amount, cost.currency()).ok()?;
    let rests_on = (offer.source.clone(), portion.quantity);
    Some(match choice {
        Some(mut choice) => {
            choice.goods = choice.goods.plus(&goods).ok()?;
            choice.portions.push(portion.clone());
            choice.rests_on.push(rests_on);
            choice.why.push(why);
            choice
        }
        None => Choice {
            supplier: offer.supplier.clone(),
            portions: vec![portion.clone()],
            goods,
            rests_on: vec![rests_on],
            why: vec![why],
        },
    })
}

/// The best offer for a portion, or why there is none. The first of equally good ones, by name, so that the same facts
/// make the same choice.
async fn best(
    ctx: &Context<'_>,
    (portion, country): (&Portion, &str),
    not: &Not,
    records: &[SupplierRecord],
) -> Result<Result<(Offer, Money, String), String>, AgentError> {
    if portion.sku.is_empty() {
        return Ok(Err("it has no stock keeping unit that a supplier would know".to_owned()));
    }
    let mut offers = offers::of(ctx, &portion.sku).await?;
    if offers.is_empty() {
        return Ok(Err("no supplier is known for it".to_owned()));
    }
    offers.retain(|offer| !not.get(&portion.line).is_some_and(|by| by.contains(&offer.supplier)));
    let (mut best, mut refused) = (None::<(Option<i64>, Offer, Money, String)>, Vec::new());
    offers.sort_by(|a, b| a.supplier.cmp(&b.supplier));
    for offer in offers {
        let known = offer.known(portion.quantity, country, records);
        let said: Output =
            ctx.policy.rule(Rule::Fulfillment, &known).map_err(|error| AgentError::Retry(error.to_string()))?;
        let why = format!("{}: {}", offer.supplier, ctx.policy.sentences(&said.findings, Lang::En));
        match offer.cost.filter(|_| said.usable) {
            Some(cost) if best.as_ref().is_none_or(|(score, ..)| said.score > *score) => {
                best = Some((said.score, offer, cost, why));
            }
            Some(_) => {}
            None => refused.push(why),
        }
    }
    let nobody = || if refused.is_empty() { "every supplier was asked in vain".to_owned() } else { refused.join(" ") };
    Ok(best.map(|(_, offer, cost, why)| (offer, cost, why)).ok_or_else(nobody))
}
