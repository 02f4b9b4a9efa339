//! Finding requests.

use super::{
    filter::Filter,
    gist::Gist,
    order::{behind, sorted},
};
use crate::{
    auth::{Permit, Verb},
    extract::Wanted,
    problem::{Kind, Problem},
    routes::approvals::about::{at_first_sight, lent},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Record, Status, delegation::Delegations, text::Lang};
use std::collections::BTreeMap;
use store::{Row, page::Cut};

/// The most requests whose keys are read to sort or narrow a list.
pub(super) const MOST: usize = 10_000;
/// Readings of rows that one page may cost.
const PATIENCE: usize = 8;

/// What was found.
pub(super) struct Found {
    pub(super) rows: Vec<Row<Record>>,
    /// Where the next page starts.
    pub(super) next: Option<String>,
    /// Whether more wait than were looked at.
    pub(super) cut: bool,
}

/// One page of requests.
pub(super) async fn page(permit: &Permit, filter: &Filter, wanted: &Wanted, lang: Lang) -> Result<Found, Problem> {
    let mut sieve = Sieve::new(permit, filter, lang).await?;
    if filter.is_plain() { in_turn(&mut sieve, wanted).await } else { picked(&mut sieve, wanted).await }
}

/// Page by page of the index, in its own order.
async fn in_turn(sieve: &mut Sieve<'_>, wanted: &Wanted) -> Result<Found, Problem> {
    let (mut rows, mut cursor) = (Vec::new(), place(wanted, "i")?);
    for _ in 0..PATIENCE {
        let cut = Cut { limit: wanted.limit - rows.len(), cursor, ..Cut::default() };
        let lines = sieve.permit.store().lines::<Record>(Status::Pending.name(), &cut).await?;
        let ids: Vec<String> = lines.items.into_iter().map(|line| line.id).collect();
        rows.extend(sieve.read(&ids).await?);
        cursor = lines.next;
        if cursor.is_none() || rows.len() >= wanted.limit {
            break;
        }
    }
    Ok(Found { rows, next: cursor.map(|cursor| format!("i.{cursor}")), cut: false })
}

/// Out of the keys of all that waits.
async fn picked(sieve: &mut Sieve<'_>, wanted: &Wanted) -> Result<Found, Problem> {
    let last = place(wanted, "s")?.map(|last| decoded(&last)).transpose()?;
    let (gists, cut) = gists(sieve.permit, sieve.filter).await?;
    let sort = sieve.filter.sort;
    let left = behind(sorted(gists.into_iter(), sort), sort, last.as_deref());
    let (mut rows, mut at) = (Vec::new(), 0);
    for _ in 0..PATIENCE {
        let ids: Vec<String> =
            left.iter().skip(at).take(wanted.limit - rows.len()).map(|(_, g)| g.id.clone()).collect();
        at += ids.len();
        rows.extend(sieve.read(&ids).await?);
        if at >= left.len() || rows.len() >= wanted.limit {
            break;
        }
    }
    let last = at.checked_sub(1).and_then(|last| left.get(last)).filter(|_| at < left.len());
    let next = last.map(|(key, _)| format!("s.{}", URL_SAFE_NO_PAD.encode(key)));
    Ok(Found { rows, next, cut })
}

/// What the index says of all that waits and is wanted, and whether more waits than was looked at.
pub(super) async fn gists(permit: &Permit, filter: &Filter) -> Result<(Vec<Gist>, bool), Problem> {
    let lines = permit.store().lines::<Record>(Status::Pending.name(), &Cut::first(MOST)).await?;
    let gists = lines.items.into_iter().filter_map(Gist::read).filter(|gist| filter.wants(gist));
    Ok((gists.collect(), lines.next.is_some()))
}

/// Where the page starts, if its cursor is one of this way to read.
fn place(wanted: &Wanted, way: &str) -> Result<Option<String>, Problem> {
    let Some(cursor) = wanted.cursor.as_deref() else { return Ok(None) };
    match cursor.split_once('.') {
        Some((found, rest)) if found == way => Ok(Some(rest.to_owned())),
        _ => Err(strange()),
    }
}

fn decoded(last: &str) -> Result<String, Problem> {
    let bytes = URL_SAFE_NO_PAD.decode(last).map_err(|_| strange())?;
    String::from_utf8(bytes).map_err(|_| strange())
}

fn strange() -> Problem {
    let (what, fix) = ("it was not handed out by this list", "leave it out to start again");
    Problem::field(Kind::NotFound, "cursor", what, fix)
}

/// Reads rows and leaves out what is not wanted.
pub(super) struct Sieve<'a> {
    pub(super) permit: &'a Permit,
    pub(super) filter: &'a Filter,
    lang: Lang,
    lent: Option<Delegations>,
    asked: BTreeMap<String, bool>,
}

impl<'a> Sieve<'a> {
    pub(super) async fn new(permit: &'a Permit, filter: &'a Filter, lang: Lang) -> Result<Self, Problem> {
        let lent = if filter.is_mine() { Some(lent(permit).await?) } else { None };
        Ok(Self { permit, filter, lang, lent, asked: BTreeMap::new() })
    }

    /// Those of the requests with these ids that still wait and are wanted.
    pub(super) async fn read(&mut self, ids: &[String]) -> Result<Vec<Row<Record>>, Problem> {
        let rows = self.permit.store().things::<Record>(ids).await?;
        let waits = |row: &Row<Record>| row.value.status == Status::Pending && row.value.approval.is_some();
        Ok(rows.into_iter().filter(|row| waits(row) && self.wants(&row.value)).collect())
    }

    fn wants(&mut self, record: &Record) -> bool {
        self.filter.fits(record, self.lang) && self.may_decide(record)
    }

    /// Asks policy once for all requests that it sees alike.
    fn may_decide(&mut self, record: &Record) -> bool {
        let Some(lent) = &self.lent else { return true };
        let about = at_first_sight(self.permit, record, lent, None);
        let permit = self.permit;
        *self.asked.entry(format!("{about:?}")).or_insert_with(|| permit.would(Verb::Approve, &about).is_ok())
    }
}
