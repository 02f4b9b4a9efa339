//! The books in the warehouse: every entry a row, under the entry's own key.
//!
//! Entries are read in the order in which they were written, from where the last run stopped; the youngest minutes are
//! left for the next run, so that none that is still being written is passed over. What was sent and not remembered is
//! sent again under the same id, which the warehouse takes for the same row for a while; the key is a column too.

use agent::{AgentError, Context, Turn};
use async_trait::async_trait;
use bigquery::{BigQuery, InsertError, Inserted, Row};
use domain::books::Entry;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{fact::Fact, page::Cut};
use time::{Duration, OffsetDateTime, format_description::well_known::Rfc3339};

/// Entries of one request, and requests of one run.
const PAGE: usize = 200;
const PAGES: usize = 10;
/// Longer than any run of ours takes from its clock to its commit.
const SETTLED: Duration = Duration::minutes(5);
/// Refused rows that are remembered with their reasons.
const KEPT: usize = 100;
/// The longest id that the warehouse takes.
const LONGEST_ID: usize = 128;
const SOURCE: &str = "analyst:export";

/// Where the books are exported to.
#[async_trait]
pub trait Warehouse: Send + Sync {
    /// Adds rows; says which were refused.
    async fn insert(&self, rows: &[Row]) -> Result<Inserted, InsertError>;
}

#[async_trait]
impl Warehouse for BigQuery {
    async fn insert(&self, rows: &[Row]) -> Result<Inserted, InsertError> {
        BigQuery::insert(self, rows).await
    }
}

/// How far the export is.
#[derive(Default)]
struct State {
    cursor: Option<String>,
    sent: usize,
    refused: BTreeMap<String, String>,
}

/// Exports what was booked since the last run.
pub(crate) async fn export(ctx: &Context<'_>, warehouse: &dyn Warehouse) -> Result<Turn, AgentError> {
    let mut state = known(ctx).await?;
    let before = state.sent;
    for _ in 0..PAGES {
        let until = Some(ctx.now - SETTLED);
        let page =
            ctx.reads.entries(&Cut { limit: PAGE, cursor: state.cursor.clone(), until, ..Cut::default() }).await?;
        let Some(last) = page.items.last() else { break };
        match warehouse.insert(&rows(&page.items)).await {
            Ok(inserted) => state.took(&page.items, inserted),
            Err(InsertError::Off(why)) => return Ok(off(&why)),
            Err(InsertError::Retry(why)) if state.sent == before => return Err(AgentError::Retry(why)),
            Err(InsertError::Retry(_)) => break,
            Err(InsertError::Refused(why)) => return Err(AgentError::Reject(why)),
        }
        state.cursor = Some(store::books::behind(last));
        if page.next.is_none() {
            break;
        }
    }
    let report = json!({ "exported": state.sent - before, "inAll": state.sent, "refused": state.refused });
    Ok(Turn { facts: vec![state.fact(ctx.now)], ..Turn::report(&report) })
}

/// No export, and why: nothing is lost by it, since it goes on from where it stopped.
fn off(why: &str) -> Turn {
    Turn::report(&json!({ "export": "off", "missing": [why] }))
}

async fn known(ctx: &Context<'_>) -> Result<State, AgentError> {
    let Some(fact) = ctx.reads.fact(SOURCE).await? else { return Ok(State::default()) };
    let refused = fact.fields.get("refused").and_then(|json| serde_json::from_str(json).ok());
    Ok(State {
        cursor: fact.fields.get("cursor").cloned(),
        sent: fact.fields.get("sent").and_then(|sent| sent.parse().ok()).unwrap_or_default(),
        refused: refused.unwrap_or_default(),
    })
}

impl State {
    fn took(&mut self, entries: &[Entry], inserted: Inserted) {
        self.sent += entries.len().saturating_sub(inserted.refused.len());
        for (index, why) in inserted.refused {
            if let Some(entry) = entries.get(index).filter(|_| self.refused.len() < KEPT) {
                self.refused.insert(entry.key().to_owned(), why);
            }
        }
    }

    fn fact(&self, at: OffsetDateTime) -> Fact {
        let refused = serde_json::to_string(&self.refused).unwrap_or_default();
        let fields = [("sent".to_owned(), self.sent.to_string()), ("refused".to_owned(), refused)];
        let cursor = self.cursor.clone().map(|cursor| ("cursor".to_owned(), cursor));
        Fact { source: SOURCE.to_owned(), fields: fields.into_iter().chain(cursor).collect(), at }
    }
}

fn rows(entries: &[Entry]) -> Vec<Row> {
    entries.iter().map(row).collect()
}

/// An entry as a row: its moves with both accounts, amounts as decimals in text.
fn row(entry: &Entry) -> Row {
    let time = |at: OffsetDateTime| at.format(&Rfc3339).unwrap_or_default();
    let moves = entry.moves().iter().map(|one| {
        let of: Vec<Value> =
            one.of.iter().map(|(dimension, name)| json!({ "dimension": dimension.name(), "name": name })).collect();
        let (amount, currency) = (one.amount.amount().to_string(), one.amount.currency().to_string());
        json!({ "debit": one.debit.name(), "credit": one.credit.name(), "amount": amount, "currency": currency, "of": of })
    });
    Row {
        id: id(entry),
        json: json!({
            "key": entry.key(),
            "kind": entry.kind().name(),
            "at": time(entry.at()),
            "booked": time(entry.booked()),
            "order_id": entry.order(),
            "moves": moves.collect::<Vec<_>>(),
        }),
    }
}

fn id(entry: &Entry) -> String {
    if entry.key().len() <= LONGEST_ID {
        return entry.key().to_owned();
    }
    domain::Digest::of_bytes(entry.key().as_bytes()).to_string()
}
