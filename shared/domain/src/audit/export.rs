//! The record as lines of JSON that can be checked with nothing else at hand.
//!
//! Version 1, one JSON object a line, each with its `kind`:
//! - `header`, first: `format`, `version`, the days `from` and `to` that follow, and when it was written;
//! - `record`: an audit record with its `hash`, SHA-256 over the RFC 8785 form of `record`. Days follow one another; a
//!   day's records are in the order of its seal;
//! - `seal`, behind the records of its day: a [`Seal`] with its `hash`, made in the same way;
//! - `end`, last: how many records and seals there were, so that a file that was cut off shows.

use super::{Fault, Hash, Link, Seal, Tail, Tree, Verdict, day_of};
use crate::digest::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use time::{Date, OffsetDateTime};

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

/// Name of the format, in its header.
pub const FORMAT: &str = "royal.audit";
/// Version of the format, in its header.
pub const VERSION: u32 = 1;

/// One line.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Line {
    /// What follows.
    Header {
        /// [`FORMAT`].
        format: String,
        /// [`VERSION`].
        version: u32,
        /// First day, in UTC.
        #[serde(with = "iso_date")]
        from: Date,
        /// Last day.
        #[serde(with = "iso_date")]
        to: Date,
        /// When it was written.
        #[serde(with = "time::serde::rfc3339")]
        at: OffsetDateTime,
    },
    /// An audit record.
    Record {
        /// Its hash.
        hash: Hash,
        /// Exactly as it is kept.
        record: Value,
    },
    /// A day's seal.
    Seal {
        /// Its hash.
        hash: Hash,
        /// Exactly as it is kept.
        seal: Value,
    },
    /// Nothing more follows.
    End {
        /// Number of records.
        records: u64,
        /// Number of seals.
        seals: u64,
    },
}

impl Line {
    /// The first line of an export of these days.
    #[must_use]
    pub fn header((from, to): (Date, Date), at: OffsetDateTime) -> Self {
        Self::Header { format: FORMAT.to_owned(), version: VERSION, from, to, at }
    }
}

/// A check of one export, line by line, in constant memory but for one entry a chain.
#[derive(Debug, Default)]
pub struct Check {
    verdict: Verdict,
    line: u64,
    days: Option<(Date, Date)>,
    ended: bool,
    tails: HashMap<String, Tail>,
    /// The first record whose chain begins before the file does.
    headless: Option<Fault>,
    day: Day,
    seals: u64,
    last_seal: Option<(Date, Hash)>,
}

/// The records since the last seal.
#[derive(Debug, Default)]
struct Day {
    date: Option<Date>,
    tree: Tree,
    place: Option<(i128, String)>,
}

impl Check {
    /// Takes the next line; an empty one is passed over.
    pub fn line(&mut self, text: &str) {
        self.line += 1;
        if text.trim().is_empty() {
            return;
        }
        if self.ended {
            self.blame(None, "something follows behind the end");
            return;
        }
        match serde_json::from_str(text) {
            Ok(line) => self.take(line),
            Err(error) => self.blame(None, &format!("this is no line of an export: {error}")),
        }
    }

    /// What was found, once all lines are taken.
    #[must_use]
    pub fn finish(mut self) -> Verdict {
        if !self.ended {
            self.line += 1;
            self.blame(None, "the end is missing: the file was cut off");
        }
        self.verdict.chains = u64::try_from(self.tails.len()).unwrap_or(u64::MAX);
        self.verdict.unsealed += self.day.tree.count();
        self.verdict
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Header { format, version, from, to, .. } => self.header((&format, version), (from, to)),
            _ if self.days.is_none() => {
                self.days = Some((Date::MIN, Date::MAX));
                self.blame(None, "the header is missing");
            }
            Line::Record { hash, record } => self.record(&hash, &record),
            Line::Seal { hash, seal } => self.seal(hash, &seal),
            Line::End { records, seals } => self.end(records, seals),
        }
    }

    fn header(&mut self, (format, version): (&str, u32), days: (Date, Date)) {
        if self.days.replace(days).is_some() {
            self.blame(None, "a second header");
        }
        if (format, version) != (FORMAT, VERSION) {
            let why = format!("`{format}` version {version} is not read here: this reads `{FORMAT}` version {VERSION}");
            self.blame(None, &why);
        }
    }

    fn record(&mut self, hash: &Hash, record: &Value) {
        self.verdict.records += 1;
        let link = match Link::read(record) {
            Ok(link) => link,
            Err(error) => return self.blame(None, &format!("this is no audit record: {error}")),
        };
        let about = (link.record.subject.as_str(), link.record.seq);
        if &link.hash != hash {
            self.blame(Some(about), "the record was changed: it does not have the hash that stands beside it");
        }
        self.follow(&link);
        self.place(&link);
        // what was sealed is what was kept, so a changed record is a changed day as well
        self.day.tree.add(&link.hash);
    }

    /// The record in its chain.
    fn follow(&mut self, link: &Link) {
        let (subject, seq) = (&link.record.subject, link.record.seq);
        let begun_before = seq > 1 && link.record.previous.is_some();
        let tail = match self.tails.get(subject) {
            None if begun_before => {
                let why = format!("record {seq} is the first of it here, and nothing before it can be");
                let fault = Fault { subject: Some(subject.clone()), seq: Some(seq), ..self.fault(&why) };
                self.headless.get_or_insert(fault);
                Ok(Tail { seq, hash: link.hash.clone() })
            }
            tail => Tail::followed(tail, link),
        };
        let tail = tail.unwrap_or_else(|broken| {
            self.blame(Some((subject, seq)), &broken.to_string());
            Tail { seq, hash: link.hash.clone() }
        });
        self.tails.insert(subject.clone(), tail);
    }

    /// The record in its day.
    fn place(&mut self, link: &Link) {
        let about = (link.record.subject.as_str(), link.record.seq);
        let date = day_of(link.record.at);
        let sealed = self.last_seal.as_ref().is_some_and(|(sealed, _)| date <= *sealed);
        if sealed || self.days.is_some_and(|(from, to)| date < from || date > to) {
            self.blame(Some(about), "the record belongs to another day");
        }
        if self.day.date != Some(date) {
            self.verdict.unsealed += self.day.tree.count();
            self.day = Day { date: Some(date), ..Day::default() };
        }
        let place = link.record.place();
        if self.day.place.as_ref().is_some_and(|before| *before >= place) {
            self.blame(Some(about), "the record is not in its place: records of a day are in order of time");
        }
        self.day.place = Some(place);
    }

    fn seal(&mut self, hash: Hash, json: &Value) {
        self.seals += 1;
        let seal: Seal = match serde::Deserialize::deserialize(json) {
            Ok(seal) => seal,
            Err(error) => return self.blame(None, &format!("this is no seal: {error}")),
        };
        if Digest::of(json).ok().as_ref() != Some(&hash) {
            self.blame(None, &format!("the seal of {} was changed: it does not have its hash", seal.date));
        }
        self.unseal(&seal);
        self.succeed(&seal);
        if seal.previous.is_none()
            && let Some(fault) = self.headless.take()
        {
            self.verdict.blame(fault);
        }
        self.last_seal = Some((seal.date, hash));
        self.verdict.seals.push(seal);
        self.day = Day::default();
    }

    /// Whether the day's records are those that were sealed.
    fn unseal(&mut self, seal: &Seal) {
        let Day { date, tree, .. } = &self.day;
        let (found, sealed) = (tree.count(), seal.count);
        let other_day = date.is_some_and(|date| date != seal.date);
        let date = seal.date;
        if other_day {
            self.blame(None, &format!("the seal of {date} does not follow on the records of that day"));
        } else if found != sealed {
            self.blame(None, &format!("{date} was sealed with {sealed} records, and {found} are here"));
        } else if tree.root() != seal.root {
            self.blame(None, &format!("the records of {date} are not those that were sealed"));
        }
    }

    /// Whether the seal follows from the one before.
    fn succeed(&mut self, seal: &Seal) {
        let Some((date, hash)) = &self.last_seal else { return };
        if date.next_day() != Some(seal.date) {
            self.blame(None, &format!("the seal of {} follows on that of {date}", seal.date));
        } else if seal.previous.as_ref() != Some(hash) {
            self.blame(None, &format!("the seal of {} does not follow from that of {date}", seal.date));
        }
    }

    fn end(&mut self, records: u64, seals: u64) {
        self.ended = true;
        if (records, seals) != (self.verdict.records, self.seals) {
            let found = (self.verdict.records, self.seals);
            self.blame(
                None,
                &format!("{records} records and {seals} seals were written, {} and {} are here", found.0, found.1),
            );
        }
    }

    fn blame(&mut self, about: Option<(&str, u64)>, why: &str) {
        let fault = self.fault(why);
        let (subject, seq) = about.map(|(subject, seq)| (subject.to_owned(), seq)).unzip();
        self.verdict.blame(Fault { subject, seq, ..fault });
    }

    fn fault(&self, why: &str) -> Fault {
        Fault { line: Some(self.line), ..Fault::of(why) }
    }
}
