//! Goals: what they are, and proposals to change them.

use crate::takings::{self, Takings};
use agent::{AgentError, Context, Draft, Reads, Turn};
use domain::{
    Premise,
    action::GoalSet,
    premise::Holds,
    proposal::{Case, Impact},
};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;

/// Which goals to look at; the store's usual ones where nothing is said.
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Watched {
    goals: Vec<String>,
}

impl Default for Watched {
    fn default() -> Self {
        let goals = ["daily_revenue_eur", "margin_percent", "products_per_day"];
        Self { goals: goals.map(str::to_owned).into() }
    }
}

/// A goal as somebody wants it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Wish {
    goal: String,
    to: Decimal,
    /// Its value now; needed only for a goal that was never set here.
    #[serde(default)]
    from: Option<Decimal>,
    reason: String,
}

/// Where a goal is kept.
fn source(goal: &str) -> String {
    format!("goal:{goal}")
}

/// The field of a goal's fact that holds its value.
const VALUE: &str = "value";

/// The value of a goal in force, if it was ever set.
pub(crate) async fn value(reads: &dyn Reads, goal: &str) -> Result<Option<Decimal>, StoreError> {
    let fact = reads.fact(&source(goal)).await?;
    Ok(fact.and_then(|fact| fact.fields.get(VALUE)?.parse().ok()))
}

/// Goals that are known, and what is to be said of the others.
pub(crate) async fn known(reads: &dyn Reads, watched: &Watched) -> Result<(Vec<Value>, Vec<String>), StoreError> {
    let (mut goals, mut missing) = (Vec::new(), Vec::new());
    for goal in &watched.goals {
        match value(reads, goal).await? {
            Some(value) => goals.push(json!({ "goal": goal, "value": value.to_string() })),
            None => missing.push(format!("goal `{goal}`: it was never set")),
        }
    }
    Ok((goals, missing))
}

/// Proposes to change a goal, where its value now is known.
pub(crate) async fn set(ctx: &Context<'_>, wish: &Wish) -> Result<Turn, AgentError> {
    let known = value(ctx.reads, &wish.goal).await?;
    if let Some((known, from)) = known.zip(wish.from).filter(|(known, from)| known != from) {
        let why = format!("goal `{}` is {known} now, not {from}", wish.goal);
        return Err(AgentError::Reject(why));
    }
    let Some(from) = known.or(wish.from) else {
        let missing = format!("value of goal `{}` now", wish.goal);
        return Ok(Turn::report(&json!({ "proposed": false, "missing": [missing] })));
    };
    let premises = known.map(|known| Premise {
        source: source(&wish.goal),
        field: VALUE.to_owned(),
        holds: Holds::Is(known.to_string()),
    });
    let draft = Draft {
        action: GoalSet { goal: wish.goal.clone(), from, to: wish.to }.into(),
        premises: premises.into_iter().collect(),
        confidence: None,
        case: case(wish, from, (ctx, takings::of(ctx).await?.as_ref())),
        journey: None,
    };
    Ok(Turn { proposals: vec![draft], ..Turn::report(&json!({ "proposed": true })) })
}

fn case(wish: &Wish, from: Decimal, (ctx, business): (&Context<'_>, Option<&Takings>)) -> Case {
    let by = ctx.task.map_or("the CEO function", |task| task.by.as_str());
    Case {
        title: format!("Set goal {} to {}", wish.goal, wish.to),
        description: format!("Goal {} becomes {} instead of {from}", wish.goal, wish.to),
        reasoning: wish.reason.clone(),
        data_sources: vec![format!("asked for by {by}")],
        risk_factors: vec!["agents are measured against another goal".to_owned()],
        missing: takings::missing(business),
        impact: Impact::default(),
        alternatives: Vec::new(),
    }
}
