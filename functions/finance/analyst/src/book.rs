//! Writing into the books.

use crate::numbers;
use agent::{AgentError, Context, NewTask, Turn};
use domain::{
    Money,
    books::{self, Entry},
};
use serde::Deserialize;
use serde_json::json;
use time::{Date, macros::format_description};

/// Rows of a transaction that entries may take; the rest is for the task and what it leads to.
const MOST_ROWS: usize = 84;

/// What happened to an order.
#[derive(Debug, Deserialize)]
pub struct Asked {
    order: String,
    /// What happened, for the record: `sale`, `cost`, `refund` …
    #[serde(default)]
    what: String,
    /// Which one of them.
    #[serde(default)]
    of: String,
}

/// What a platform charged for a campaign on one day that is over.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spent {
    platform: String,
    campaign: String,
    day: String,
    amount: Money,
}

/// Books what the order implies and is not booked: as much as one transaction holds, and the rest by another task.
pub(crate) async fn order(ctx: &Context<'_>, asked: &Asked) -> Result<Turn, AgentError> {
    let row = ctx.reads.order(&asked.order).await?;
    let row = row.ok_or_else(|| AgentError::Retry(format!("order `{}` is not there yet", asked.order)))?;
    let implied = books::of_order(&row.value, Some(numbers::terms(ctx)?));
    let implied = implied.map_err(|error| AgentError::Reject(error.to_string()))?;
    let (new, differs) = unbooked(ctx, implied).await?;
    let (now, later) = fitting(new);
    let report = json!({
        "order": asked.order,
        "asked": format!("{} {}", asked.what, asked.of).trim(),
        "entries": now.iter().map(Entry::key).collect::<Vec<_>>(),
        "later": later,
        "differs": differs,
    });
    let tasks = (later > 0).then(|| again(ctx, asked, later)).transpose()?;
    Ok(Turn { entries: now, tasks: tasks.into_iter().collect(), ..Turn::report(&report) })
}

/// Those that are not booked, and the keys of those that are booked as something else: they stay as they are, and
/// whoever reads the report sees it.
async fn unbooked(ctx: &Context<'_>, implied: Vec<Entry>) -> Result<(Vec<Entry>, Vec<String>), AgentError> {
    let (mut new, mut differs) = (Vec::new(), Vec::new());
    for entry in implied {
        match ctx.reads.entry(entry.key()).await? {
            None => new.push(entry),
            Some(known) if !entry.same(&known) => differs.push(entry.key().to_owned()),
            Some(_) => {}
        }
    }
    Ok((new, differs))
}

/// As many as fit one transaction, and how many are left.
fn fitting(mut new: Vec<Entry>) -> (Vec<Entry>, usize) {
    let all = new.len();
    while new.len() > 1 && store::books::rows(&new) > MOST_ROWS {
        new.pop();
    }
    let left = all.saturating_sub(new.len());
    (new, left)
}

fn again(ctx: &Context<'_>, asked: &Asked, later: usize) -> Result<NewTask, AgentError> {
    Ok(NewTask {
        agent: ctx.agent.clone(),
        kind: "book".to_owned(),
        input: json!({ "order": asked.order, "what": "rest", "of": later.to_string() }),
        key: None,
        reply: false,
        journey: ctx.task.and_then(|task| task.journey),
    })
}

/// Books a day's spend of a campaign.
pub(crate) fn ad_spend(spent: &Spent) -> Result<Turn, AgentError> {
    let day = Date::parse(&spent.day, format_description!("[year]-[month]-[day]"));
    let day = day.map_err(|_| AgentError::Reject(format!("`{}` is no day: send one such as 2026-11-20", spent.day)))?;
    let entry = books::ad_spend(&spent.platform, &spent.campaign, day, spent.amount);
    let entry = entry.map_err(|error| AgentError::Reject(error.to_string()))?;
    let report = json!({ "entries": [entry.key()] });
    Ok(Turn { entries: vec![entry], ..Turn::report(&report) })
}
