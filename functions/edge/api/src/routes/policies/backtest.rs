//! What an edit would have made of what was decided.

use super::{
    edit::{Edited, EditedFile},
    in_force,
};
use crate::{
    auth::{About, Caller, Verb},
    extract::{Body, IdempotencyKey},
    problem::{Kind, Problem},
    routes::audit::{DAY, day_of},
    view::MoneyView,
};
use axum::Json;
use domain::{Tier, audit::EventV1};
use policy::Policy;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Store, page::Cut};
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;

/// The most days of one backtest.
const MOST_DAYS: i64 = 31;
/// Audit records read at once, and how often in one request; whoever wants more goes on with `cursor`.
const ROWS: usize = 200;
const ROUNDS: usize = 10;
/// The most affected decisions that are named.
const NAMED: usize = 100;

/// An edit, and the days on whose decisions it is tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(super) struct Backtest {
    /// The files that differ from those in force.
    #[schema(min_items = 1, max_items = 50)]
    files: Vec<EditedFile>,
    /// The first day in UTC, such as `2026-11-20`.
    #[schema(format = Date)]
    from: String,
    /// The last day, at most 31 days.
    #[schema(format = Date)]
    to: String,
    /// `next` of the answer before, to go on behind it.
    #[schema(required = false, min_length = 1)]
    cursor: Option<String>,
}

/// What the edit would have made of them, compared with the policy in force: both judge the same facts again.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct BacktestResult {
    /// The revision that the edit would be.
    revision: String,
    /// The revision in force, against which it is held.
    replaces: String,
    /// Decisions that were judged again.
    compared: u64,
    /// Decisions whose facts are not kept any more.
    without_facts: u64,
    /// Those of which both say the same.
    unchanged: u64,
    /// Those that would need more consent.
    stricter: u64,
    /// Those that would need less.
    looser: u64,
    /// Money that would have moved without anybody being asked, and is asked about now.
    newly_unattended: MoneyView,
    /// Money that people would have been asked about, and that moves without it now.
    newly_attended: MoneyView,
    /// The decisions of which the two say different things; at most a hundred are named.
    affected: Vec<Affected>,
    /// Where to go on; absent if all decisions of the days were compared. The counts are those of this answer alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A decision of which the two policies say different things.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Affected {
    /// Id of the action, and number of the record that holds the decision.
    decision: String,
    /// The action's type.
    #[schema(example = "expense.pay")]
    action_type: String,
    /// The agent that asked.
    agent: String,
    /// When it was judged.
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// The tier under the policy in force.
    #[schema(example = "HIGH")]
    from: String,
    /// The tier under the edit.
    #[schema(example = "MEDIUM")]
    to: String,
    /// The money that it moves, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<MoneyView>,
}

/// Tries an edit on what was decided on some days: how many decisions would be stricter or looser, and how much money
/// would have moved unattended.
#[utoipa::path(post, path = "/policies/backtest", operation_id = "backtestPolicy", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Accepted; a trial changes nothing.")),
    request_body = Backtest,
    responses((status = 200, description = "What it would have changed.", body = BacktestResult)))]
pub(super) async fn backtest(
    caller: Caller,
    _: IdempotencyKey,
    Body(trial): Body<Backtest>,
) -> Result<Json<BacktestResult>, Problem> {
    let permit = caller.may(Verb::BacktestPolicy, About::Nothing)?;
    let days = trial.days()?;
    let start = place(trial.cursor.as_deref(), days)?;
    let now = in_force(&permit)?;
    let (check, edited) = Edited::of(&now, &trial.files)?.sound()?;
    let mut tally = Tally::default();
    let next = compare(permit.store(), (&now, &edited), (start, days.1), &mut tally).await?;
    Ok(Json(tally.result(check.revision, check.replaces, next)))
}

impl Backtest {
    fn days(&self) -> Result<(Date, Date), Problem> {
        let day = |name: &str, text: &str| {
            day_of(name, Some(text), OffsetDateTime::UNIX_EPOCH)
                .map_err(|_| Problem::field(Kind::Field, name, "it is no day", "send a day such as `2026-11-20`"))
        };
        let (from, to) = (day("from", &self.from)?, day("to", &self.to)?);
        let apart = (to - from).whole_days();
        if (0..MOST_DAYS).contains(&apart) {
            return Ok((from, to));
        }
        let told = format!("{} is not within {MOST_DAYS} days from `from` on", self.to);
        Err(Problem::field(Kind::Field, "to", told, "send a later day, or ask for fewer at a time"))
    }
}

/// Goes through the decisions from `start` on, and says where to go on.
async fn compare(
    store: &Store,
    policies: (&Policy, &Policy),
    ((mut day, mut cursor), to): ((Date, Option<String>), Date),
    tally: &mut Tally,
) -> Result<Option<String>, Problem> {
    for _ in 0..ROUNDS {
        let cut = Cut { cursor, ..Cut::first(ROWS) };
        let page = store.decisions(day.midnight().assume_utc(), &cut).await?;
        page.items.iter().for_each(|event| tally.add(event, policies));
        cursor = page.next;
        if cursor.is_none() {
            match day.next_day().filter(|next| *next <= to) {
                Some(next) => day = next,
                None => return Ok(None),
            }
        }
    }
    Ok(Some(format!("{}.{}", day.format(DAY).unwrap_or_default(), cursor.unwrap_or_default())))
}

fn place(cursor: Option<&str>, (from, to): (Date, Date)) -> Result<(Date, Option<String>), Problem> {
    let Some(cursor) = cursor else { return Ok((from, None)) };
    let parts = cursor.split_once('.');
    let place = parts.and_then(|(day, rest)| Some((Date::parse(day, DAY).ok()?, rest)));
    match place.filter(|(day, _)| (from..=to).contains(day)) {
        Some((day, rest)) => Ok((day, Some(rest.to_owned()).filter(|rest| !rest.is_empty()))),
        None => {
            let (what, fix) = ("it was not handed out for these days", "leave it out to start again");
            Err(Problem::field(Kind::Field, "cursor", what, fix))
        }
    }
}

/// What was found so far.
#[derive(Debug, Default)]
struct Tally {
    compared: u64,
    without_facts: u64,
    stricter: u64,
    looser: u64,
    unattended: i64,
    attended: i64,
    affected: Vec<Affected>,
}

impl Tally {
    fn add(&mut self, event: &EventV1, (now, edited): (&Policy, &Policy)) {
        let Some(input) = &event.input else {
            self.without_facts += 1;
            return;
        };
        let seen = input.to_string();
        let tier = |policy: &Policy| policy.judge_seen(&seen, event.timestamp).tier;
        let (from, to) = (tier(now), tier(edited));
        self.compared += 1;
        if from == to {
            return;
        }
        let cents = euro_cents(input);
        match runs(to) {
            true if !runs(from) => self.unattended = self.unattended.saturating_add(cents.unwrap_or_default()),
            false if runs(from) => self.attended = self.attended.saturating_add(cents.unwrap_or_default()),
            _ => {}
        }
        if to > from {
            self.stricter += 1
        } else {
            self.looser += 1
        }
        if self.affected.len() < NAMED {
            self.affected.push(Affected::new(event, (from, to), cents));
        }
    }

    fn result(self, revision: String, replaces: String, next: Option<String>) -> BacktestResult {
        BacktestResult {
            revision,
            replaces,
            compared: self.compared,
            without_facts: self.without_facts,
            unchanged: self.compared - self.stricter - self.looser,
            stricter: self.stricter,
            looser: self.looser,
            newly_unattended: MoneyView::euro_cents(self.unattended),
            newly_attended: MoneyView::euro_cents(self.attended),
            affected: self.affected,
            next,
        }
    }
}

impl Affected {
    fn new(event: &EventV1, (from, to): (Tier, Tier), cents: Option<i64>) -> Self {
        let kind = event.input.as_ref().and_then(|input| input.pointer("/action/type")?.as_str());
        Self {
            decision: event.decision_id.clone(),
            action_type: kind.unwrap_or_default().to_owned(),
            agent: event.requested_by.clone(),
            at: event.timestamp,
            from: from.to_string(),
            to: to.to_string(),
            amount: cents.map(MoneyView::euro_cents),
        }
    }
}

/// Whether an action of this tier runs without anybody being asked.
const fn runs(tier: Tier) -> bool {
    matches!(tier, Tier::Low | Tier::Medium)
}

/// What the action moves, where that is euro.
fn euro_cents(input: &Value) -> Option<i64> {
    let currency = input.pointer("/action/currency").and_then(Value::as_str);
    input.pointer("/action/amount_cents")?.as_i64().filter(|_| currency == Some("EUR"))
}
