//! One proposal for each supplier that is to send a part of an order.

use crate::{
    Fulfillment, Work,
    choose::{self, Choice, Left, Not},
};
use agent::{AgentError, Context, Draft, Turn};
use domain::{
    Money, Order, Premise,
    action::OrderFulfill,
    order::{OrderStage, Portion},
    premise::Holds,
    proposal::{Case, Impact},
};
use serde_json::json;
use supply::{Error, Item};

/// How often another choice is made because a supplier says that it has none left.
const ROUNDS: usize = 4;

/// Chooses suppliers for what is still with nobody, and asks for one order with each.
pub(crate) async fn fulfill(agent: &Fulfillment, ctx: &Context<'_>, work: Work) -> Result<Turn, AgentError> {
    let row = ctx.reads.order(&work.order).await?;
    let order = row.ok_or_else(|| AgentError::Reject(format!("order {} is not known", work.order)))?.value;
    let portions = still_open(&order, &work.portions);
    if !matches!(order.stage, OrderStage::Ordering | OrderStage::Stuck) {
        let reason = format!("the order is {}", order.stage.name());
        let left: Vec<Left> = portions.into_iter().map(|portion| Left { portion, reason: reason.clone() }).collect();
        return Ok(Turn::report(&json!({ "parcels": [], "left": left })));
    }
    let Some(country) = order.shop.country.clone() else {
        let reason = "it is not known where it goes".to_owned();
        let left: Vec<Left> = portions.into_iter().map(|portion| Left { portion, reason: reason.clone() }).collect();
        return Ok(Turn::report(&json!({ "parcels": [], "left": left })));
    };
    let not = work.tried.into_iter().map(|(line, by)| (line, by.into_iter().collect())).collect();
    let (chosen, left) = settled(agent, ctx, (&portions, &country), not).await?;
    let parcels: Vec<_> = chosen.iter().map(|(choice, cost)| parcel(choice, *cost)).collect();
    let proposals = chosen.iter().map(|(choice, cost)| draft(&order, &country, choice, *cost)).collect();
    Ok(Turn { proposals, ..Turn::report(&json!({ "parcels": parcels, "left": left })) })
}

/// What was asked for, as far as it is still open.
fn still_open(order: &Order, wanted: &[Portion]) -> Vec<Portion> {
    let open = order.open();
    let left = |portion: &Portion| {
        let found = open.iter().find(|other| other.line == portion.line && other.sku == portion.sku)?;
        Some(Portion { quantity: portion.quantity.min(found.quantity), ..portion.clone() })
    };
    wanted.iter().filter_map(left).filter(|portion| portion.quantity > 0).collect()
}

/// The choice that holds when the suppliers are asked: who has none left is not asked again.
async fn settled(
    agent: &Fulfillment,
    ctx: &Context<'_>,
    (portions, country): (&[Portion], &str),
    mut not: Not,
) -> Result<(Vec<(Choice, Option<Money>)>, Vec<Left>), AgentError> {
    let records = agent.records.all().map_err(|error| AgentError::Retry(error.to_string()))?;
    let mut quoted = Vec::new();
    for round in 1..=ROUNDS {
        let (chosen, left) = choose::choose(ctx, (portions, country), &not, &records).await?;
        let mut short = false;
        quoted.clear();
        for choice in chosen {
            let asked = ask(agent, &choice, country).await;
            for line in &asked.none_left {
                short |= not.entry(line.clone()).or_default().insert(choice.supplier.clone());
            }
            quoted.push((choice, asked.cost));
        }
        if !short || round == ROUNDS {
            return Ok((quoted, left));
        }
    }
    Ok((quoted, Vec::new()))
}

/// What a supplier said.
#[derive(Default)]
struct Asked {
    cost: Option<Money>,
    /// Lines of which it has too little.
    none_left: Vec<String>,
}

/// Asks a supplier. One that does not answer, or cannot be asked, is judged by what is noted.
async fn ask(agent: &Fulfillment, choice: &Choice, country: &str) -> Asked {
    let items: Vec<Item> = choice.portions.iter().map(item).collect();
    match agent.desk.quote(&choice.supplier, &items, country).await {
        Ok(quote) => Asked {
            cost: quote.total(&items).filter(|total| total.currency() == choice.goods.currency()),
            none_left: quote
                .items
                .iter()
                .zip(&items)
                .filter(|(said, _)| !said.available)
                .map(|(_, item)| item.line.clone())
                .collect(),
        },
        Err(Error::OutOfStock { sku, .. }) => {
            let lines = items.iter().filter(|item| item.sku == sku).map(|item| item.line.clone()).collect();
            Asked { none_left: lines, ..Asked::default() }
        }
        Err(error) => {
            tracing::debug!(supplier = choice.supplier, %error, "no quote");
            Asked::default()
        }
    }
}

fn item(portion: &Portion) -> Item {
    Item {
        line: portion.line.clone(),
        sku: portion.sku.clone(),
        reference: None,
        print: None,
        quantity: portion.quantity,
    }
}

fn parcel(choice: &Choice, cost: Option<Money>) -> serde_json::Value {
    json!({ "supplier": choice.supplier, "portions": choice.portions, "cost": cost.unwrap_or(choice.goods) })
}

fn draft(order: &Order, country: &str, choice: &Choice, cost: Option<Money>) -> Draft {
    let held = Premise {
        source: format!("finance:order/{}", order.id()),
        field: "held".to_owned(),
        holds: Holds::Is("no".to_owned()),
    };
    let stock = choice.rests_on.iter().map(|(source, units)| Premise {
        source: source.clone(),
        field: "stock".to_owned(),
        holds: Holds::AtLeast(i64::from(*units)),
    });
    let missing =
        if cost.is_none() { vec!["the supplier's own price, shipping included".to_owned()] } else { Vec::new() };
    let cost = cost.unwrap_or(choice.goods);
    let action = OrderFulfill {
        order: order.id().to_owned(),
        customer: order.shop.customer.clone(),
        supplier: choice.supplier.clone(),
        portions: choice.portions.clone(),
        cost,
        country: country.to_owned(),
    };
    Draft {
        action: action.into(),
        premises: std::iter::once(held).chain(stock).collect(),
        confidence: None,
        case: Case {
            title: format!("Order {} from {}", order.shop.name, choice.supplier),
            description: format!(
                "{} sends {} line(s) of order {} for {cost}",
                choice.supplier,
                choice.portions.len(),
                order.id()
            ),
            reasoning: choice.why.join(" "),
            data_sources: vec!["suppliers' feeds and answers".to_owned(), "suppliers' performance records".to_owned()],
            risk_factors: Vec::new(),
            missing,
            impact: Impact::default(),
            alternatives: Vec::new(),
        },
        journey: Some(order.journey()),
    }
}
