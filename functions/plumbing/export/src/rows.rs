//! Entries as rows: their moves with both accounts, amounts as decimals in text.

use bigquery::Row;
use domain::{Digest, books::Entry};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The longest id that the warehouse takes.
const LONGEST_ID: usize = 128;

pub(crate) fn of(entries: &[Entry]) -> Vec<Row> {
    entries.iter().map(row).collect()
}

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
    Digest::of_bytes(entry.key().as_bytes()).to_string()
}
