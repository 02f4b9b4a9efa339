//! The end of a journey: what became of the proposal to publish.

use crate::step;
use agent::{AgentError, Context, Turn, turn::JourneyStep};
use domain::{
    Record, Status,
    journey::{Candidate, Journey, Offer, Stage},
};
use store::{Row, fact::Fact};
use time::OffsetDateTime;

/// Puts the end of an action on its journey; an action that the journey does not wait for changes nothing.
pub(crate) async fn settle(ctx: &Context<'_>, record: &Record) -> Result<Turn, AgentError> {
    let Some(id) = record.proposal.journey else { return Ok(Turn::default()) };
    let Some(row) = ctx.reads.journey(id).await? else { return Ok(Turn::default()) };
    let step = take_in(row, record, ctx.now);
    let facts = step.iter().flat_map(|step| on_sale(&step.to)).collect();
    Ok(Turn { journeys: step.into_iter().collect(), facts, ..Turn::default() })
}

/// What is known of each variant of a product that is on sale: what an order of it is bought by, from the first one on.
pub(crate) fn on_sale(journey: &Journey) -> Vec<Fact> {
    let Candidate { product, category, offers, .. } = &journey.candidate;
    let fact = |offer: &Offer| {
        let fields = [
            ("product", product.to_string()),
            ("supplier", product.supplier.clone()),
            ("cost", offer.cost.to_string()),
            ("stock", offer.stock.to_string()),
            ("usual", offer.stock.to_string()),
            ("category", category.clone()),
        ];
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let fields = fields.map(|(name, value)| (name.to_owned(), value)).collect();
        Fact { source: format!("product:variant/{}", offer.sku), fields, at: journey.updated }
    };
    let offers = if journey.stage == Stage::Published { offers.as_slice() } else { &[] };
    offers.iter().map(fact).collect()
}

/// The step that the end of an action means for its journey, if any.
pub(crate) fn take_in(row: Row<Journey>, record: &Record, now: OffsetDateTime) -> Option<JourneyStep> {
    let (to, what, reasons) = after(row.value.clone(), record, now)?;
    Some(JourneyStep { from: Some(row), to, what: what.to_owned(), reasons })
}

/// The journey after its action was settled, where that means anything for it.
///
/// The publisher's own report may still be under way when its action is settled, so both stages wait for it.
/// A superseded proposal lives on in the changed one, which carries the same journey; one that was taken back does
/// not.
fn after(journey: Journey, record: &Record, now: OffsetDateTime) -> Option<(Journey, &'static str, Vec<String>)> {
    let id = Some(record.proposal.id);
    let waits = matches!(journey.stage, Stage::Publishing | Stage::Deciding);
    let undone = journey.stage == Stage::Published && journey.action == id;
    let journey = Journey { action: id, updated: now, ..journey };
    match record.status {
        Status::Superseded if waits && record.is_withdrawn() => Some(step::stopped(journey, &why(record), Vec::new())),
        Status::Superseded => None,
        Status::Executed if waits => Some((Journey { stage: Stage::Published, ..journey }, "published", told(record))),
        Status::Undone if undone => Some(step::stopped(journey, "the publication was undone", Vec::new())),
        status if waits && status.settled() => Some(step::stopped(journey, &why(record), Vec::new())),
        _ => None,
    }
}

fn told(record: &Record) -> Vec<String> {
    let outcome = record.outcome.as_ref();
    outcome.and_then(|outcome| outcome.remote_id.clone()).into_iter().collect()
}

/// Why an action came to nothing, in the words of whoever ended it.
fn why(record: &Record) -> String {
    let reasons = || record.decision.reasons.iter().map(|reason| reason.en.as_str()).collect::<Vec<_>>().join(" ");
    let detail = record.outcome.as_ref().map(|outcome| outcome.detail.clone());
    let why = record.note.clone().or(detail).unwrap_or_else(reasons);
    format!("the proposal to publish is {}: {why}", record.status)
}
