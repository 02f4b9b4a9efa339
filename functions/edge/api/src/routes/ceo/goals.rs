//! What the store aims at, and asking for it to be another thing.

use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, Label, Language, Said},
    problem::{Kind, Problem},
    propose::{self, ProposedView},
    view::Page,
};
use axum::{Json, response::Response};
use domain::{Goal, Premise, Proposal, action::GoalSet, premise::Holds, proposal::Case};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use store::page::Cut;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// The most goals that are listed.
const MOST: usize = 200;

/// A goal in force.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Goal)]
pub(super) struct GoalView {
    /// Its name, which says its unit.
    #[schema(example = "daily_revenue_eur")]
    goal: String,
    /// Its value as a decimal, in its own unit.
    #[schema(example = "1500")]
    value: String,
    /// The action that set it.
    action: String,
    /// When it was set.
    #[serde(with = "time::serde::rfc3339")]
    updated_at: OffsetDateTime,
}

/// A decimal of a bearable size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$")]
pub(super) struct Figure(Decimal);

impl TryFrom<String> for Figure {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let bare = text.strip_prefix('-').unwrap_or(&text);
        let (whole, part) = bare.split_once('.').unwrap_or((bare, "0"));
        let digits =
            |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let read = Decimal::from_str_exact(&text).ok().filter(|_| digits(whole, 15) && digits(part, 6));
        read.map(Self).ok_or_else(|| "it is no decimal such as `1500` or `12.5`".to_owned())
    }
}

/// A goal as somebody wants it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct NewGoal {
    /// Which goal; its name says its unit.
    #[schema(example = "daily_revenue_eur")]
    goal: Label,
    /// What it is to be, as a decimal.
    #[schema(example = "1500")]
    to: Figure,
    /// What it is now; needed only for a goal that was never set here.
    #[schema(required = false)]
    from: Option<Figure>,
    /// Why, for whoever decides.
    reason: Said,
}

/// Lists the goals in force, the one that was set last first. A goal that was never set is not there.
#[utoipa::path(get, path = "/ceo/goals", operation_id = "listGoals", tag = "CEO",
    responses((status = 200, description = "The goals.", body = Page<GoalView>)))]
pub(super) async fn list(caller: Caller) -> Result<Json<Page<GoalView>>, Problem> {
    let permit = caller.may(Verb::ReadDashboard, About::Nothing)?;
    let page = permit.store().list::<Goal>(Goal::STATUS, &Cut::latest(MOST)).await?;
    Ok(Json(Page { items: page.items.into_iter().map(|row| GoalView::from(row.value)).collect(), next: None }))
}

/// Asks for a goal to be another one: an action, `goal.set`, that policy judges by the size of the change.
#[utoipa::path(post, path = "/ceo/goals", operation_id = "proposeGoal", tag = "CEO",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Makes a repeated request the same request.")),
    request_body = NewGoal,
    responses((status = 202, description = "The change waits for the gate.", body = ProposedView,
        headers(("Location" = String, description = "Where the action is."))),
        (status = 409, description = "The idempotency key belongs to another action of yours.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn propose(
    caller: Caller,
    key: IdempotencyKey,
    Language(lang): Language,
    Body(new): Body<NewGoal>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ProposeGoal, About::Nothing)?;
    let known = permit.store().get::<Goal>(new.goal.as_str()).await?.map(|row| row.value.value);
    let from = now(known, new.from.map(|figure| figure.0))?;
    let proposal = wish(&permit, &key, new, (known, from))?;
    Ok(propose::accepted(&propose::submit(&permit, proposal).await?, lang))
}

/// The value that the goal has now: the known one, which whoever asks must not mistake.
fn now(known: Option<Decimal>, said: Option<Decimal>) -> Result<Decimal, Problem> {
    match (known, said) {
        (Some(known), Some(said)) if known != said => {
            let told = format!("it is {known} now");
            Err(Problem::field(Kind::Field, "from", told, "look at the goal again, or leave this out"))
        }
        (Some(value), _) | (None, Some(value)) => Ok(value),
        (None, None) => {
            let told = "the goal was never set, so it is not known what it is now";
            Err(Problem::field(Kind::Field, "from", told, "say what it is now"))
        }
    }
}

fn wish(
    permit: &Permit,
    key: &IdempotencyKey,
    new: NewGoal,
    (known, from): (Option<Decimal>, Decimal),
) -> Result<Proposal, Problem> {
    let NewGoal { goal, to: Figure(to), reason, .. } = new;
    let goal = goal.into_string();
    let premises = known.map(|known| Premise {
        source: Goal::source(&goal),
        field: Goal::FIELD.to_owned(),
        holds: Holds::Is(known.to_string()),
    });
    let case = Case {
        title: format!("Set goal {goal} to {to}"),
        description: format!("Goal {goal} becomes {to} instead of {from}"),
        reasoning: reason.into_string(),
        data_sources: vec![match known {
            Some(_) => "the goal in force".to_owned(),
            None => format!("what {} says it is now", permit.person().account),
        }],
        risk_factors: vec!["agents are measured against another goal".to_owned()],
        ..Case::default()
    };
    let action = GoalSet { goal, from, to }.into();
    let proposal = propose::draft(permit, key, action, case)?;
    Ok(Proposal { premises: premises.into_iter().collect(), ..proposal })
}

impl From<Goal> for GoalView {
    fn from(goal: Goal) -> Self {
        Self {
            goal: goal.name,
            value: goal.value.to_string(),
            action: goal.action.to_string(),
            updated_at: goal.updated,
        }
    }
}
