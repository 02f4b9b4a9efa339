//! The digest of a day: what people are told once a day, whether or not anything is wrong.

use crate::{
    goals::{self, Watched},
    health, takings,
};
use agent::{AgentError, Context, Turn};
use serde_json::{Value, json};

/// Goals, what yesterday earned and cost, what is under way, and what a person could do about it.
pub(crate) async fn digest(ctx: &Context<'_>, watched: &Watched) -> Result<Turn, AgentError> {
    let business = takings::of(ctx).await?;
    let (goals, unset) = goals::known(ctx.reads, watched).await?;
    let mut missing = takings::missing(business.as_ref());
    missing.extend(unset);
    let (products, actions) = (health::journeys(ctx).await?, health::actions(ctx).await?);
    let findings = health::findings(&actions, &[].into());
    Ok(Turn::report(&json!({
        "goals": goals,
        "business": business,
        "actions": some(&actions),
        "products": some(&products),
        "findings": findings,
        "missing": missing,
    })))
}

/// What there is any of.
fn some(counts: &health::Counts) -> Value {
    counts.iter().filter(|(_, count)| **count > 0).map(|(name, count)| ((*name).to_owned(), json!(count))).collect()
}
