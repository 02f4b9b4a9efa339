//! One run: every row of every feed, and what is left of them.

use crate::{
    Errand, Scout, Trends,
    best::{self, Best, Found},
    candidate,
    facts::Watch,
    report::{FeedReport, Opportunity, Report, TOP},
    score,
};
use agent::{AgentError, Context};
use feeds::{Item, Reader, RowProblem};
use policy::rules::scout::{Output, Verdict};
use serde::Deserialize;
use std::{cmp::Reverse, collections::BTreeSet};
use store::fact::Fact;
use time::OffsetDateTime;

/// Journeys started in one run at most, whatever policy says: they are rows of the run's one transaction.
const MOST_STARTED: usize = 20;
/// Rows after which others get a turn: reading a feed is work, not waiting.
const ROWS_AT_ONCE: u64 = 32;

/// What policy says of a run.
#[derive(Deserialize)]
struct Limits {
    up_to_journeys: usize,
}

/// What a run comes to.
pub(crate) struct Scan {
    pub(crate) best: Vec<Found>,
    pub(crate) report: Report,
    watch: Watch,
}

impl Scan {
    /// The facts to be written.
    pub(crate) fn facts(&self, at: OffsetDateTime) -> Vec<Fact> {
        self.watch.facts(&self.best, at)
    }
}

/// Reads the feeds of an errand.
///
/// # Errors
/// When no feed can be read, or policy or the table gives no answer.
pub(crate) async fn run(scout: &Scout, ctx: &Context<'_>, errand: &Errand) -> Result<Scan, AgentError> {
    let limits: Limits = ctx.policy.thresholds("scout").map_err(|error| AgentError::Retry(error.to_string()))?;
    let mut run = Run {
        ctx,
        category: errand.category.as_ref().map(|category| category.to_lowercase()),
        trends: Trends::default(),
        best: Best::new(limits.up_to_journeys.min(MOST_STARTED)),
        top: Best::new(TOP),
        watch: Watch::over(scout.live.sources().await?),
        seen: BTreeSet::new(),
        report: Report::default(),
    };
    run.take_trends(scout).await;
    for name in chosen(scout.feeds.names(), errand)? {
        run.feed(scout, name).await?;
    }
    run.end()
}

/// The feeds of an errand: its own, each of which must be configured, or all.
fn chosen<'a>(configured: &'a [String], errand: &'a Errand) -> Result<&'a [String], AgentError> {
    if let Some(strange) = errand.feeds.iter().find(|name| !configured.contains(name)) {
        return Err(AgentError::Reject(format!("`{strange}` is not one of the configured feeds")));
    }
    let chosen = if errand.feeds.is_empty() { configured } else { &errand.feeds };
    if chosen.is_empty() {
        return Err(AgentError::Reject("no feed is configured: name one in `ROYAL_FEEDS`".to_owned()));
    }
    Ok(chosen)
}

struct Run<'a> {
    ctx: &'a Context<'a>,
    category: Option<String>,
    trends: Trends,
    best: Best<Found>,
    top: Best<Opportunity>,
    watch: Watch,
    /// Products that were kept, now or before: one can be in two feeds.
    seen: BTreeSet<String>,
    report: Report,
}

impl Run<'_> {
    /// Without trends a run goes on: the rule leaves the term out and lowers the confidence.
    async fn take_trends(&mut self, scout: &Scout) {
        match scout.trends.trends().await {
            Ok((trends, problems)) => (self.trends, self.report.trend_problems) = (trends, problems),
            Err(error) => self.report.trend_problems.push(error.to_string()),
        }
        self.report.trend_problems.truncate(TOP);
    }

    /// One feed; if it cannot be read, the others still are.
    async fn feed(&mut self, scout: &Scout, name: &str) -> Result<(), AgentError> {
        let mut told = FeedReport::default();
        match scout.feeds.open(name).await {
            Err(error) => told.error = Some(error.to_string()),
            Ok(mut reader) => {
                let before = self.report.products;
                self.rows(&mut reader).await?;
                told.products = self.report.products - before;
                told.notes = notes(&reader);
            }
        }
        self.report.feeds.insert(name.to_owned(), told);
        Ok(())
    }

    async fn rows(&mut self, reader: &mut Reader) -> Result<(), AgentError> {
        let mut rows: u64 = 0;
        for row in reader {
            self.row(row).await?;
            rows += 1;
            if rows.is_multiple_of(ROWS_AT_ONCE) {
                tokio::task::yield_now().await;
            }
        }
        Ok(())
    }

    async fn row(&mut self, row: Result<Item, RowProblem>) -> Result<(), AgentError> {
        let item = match row {
            Ok(item) => item,
            Err(problem) => {
                self.report.reject(&problem);
                return Ok(());
            }
        };
        self.report.products += 1;
        self.watch.see(&item, self.ctx.reads).await?;
        if !item.offered {
            self.report.withdrawn += 1;
        } else if !self.wants(&item) {
            self.report.filtered += 1;
        } else {
            self.judge(&item).await?;
        }
        Ok(())
    }

    fn wants(&self, item: &Item) -> bool {
        let is_in = |wanted: &String| item.category.as_ref().is_some_and(|path| path.to_lowercase().contains(wanted));
        self.category.as_ref().is_none_or(is_in)
    }

    async fn judge(&mut self, item: &Item) -> Result<(), AgentError> {
        let said = score::ask(&self.ctx.policy, item, self.trends.points(item));
        let said = said.map_err(|error| AgentError::Retry(error.to_string()))?;
        self.report.scored += u64::from(said.score.is_some());
        match (said.verdict, said.score) {
            (Verdict::Shortlisted, Some(score)) => self.shortlist(item, &said, score).await?,
            (Verdict::Rejected, _) => self.report.turn_down(said.findings.into_iter().map(|finding| finding.code)),
            _ => self.report.abstain(item, score::missed(&said)),
        }
        Ok(())
    }

    async fn shortlist(&mut self, item: &Item, said: &Output, score: i64) -> Result<(), AgentError> {
        let candidate = match candidate::candidate(item) {
            Ok(candidate) => candidate,
            Err(missing) => {
                self.report.abstain(item, missing);
                return Ok(());
            }
        };
        self.report.shortlisted += 1;
        let found = Found { scored: score::scored(said, score), candidate };
        let (product, title) = (Reverse(found.candidate.product.to_string()), found.candidate.title.clone());
        self.top.show(Opportunity { score, product, title });
        if self.watch.is_live(&found.candidate.source()) {
            self.report.under_way += 1;
        } else if self.best.takes(&found) {
            self.keep(found).await?;
        }
        Ok(())
    }

    /// Keeps a candidate unless its journey was asked for before. Only what would be kept is looked up.
    async fn keep(&mut self, found: Found) -> Result<(), AgentError> {
        let task = best::task(&found.candidate.product, &found.candidate.fingerprint);
        if self.ctx.reads.task_exists(task).await? {
            self.report.known += 1;
        } else if self.seen.insert(found.candidate.product.to_string()) {
            self.best.show(found);
        }
        Ok(())
    }

    fn end(mut self) -> Result<Scan, AgentError> {
        let feeds = &self.report.feeds;
        if feeds.values().all(|feed| feed.error.is_some()) {
            let why: Vec<&str> = feeds.values().filter_map(|feed| feed.error.as_deref()).collect();
            return Err(AgentError::Reject(format!("no feed can be read: {}", why.join("; "))));
        }
        let best = self.best.into_sorted();
        self.report.top = self.top.into_sorted();
        self.report.started = best.len();
        (self.report.facts_changed, self.report.facts_left) = self.watch.counts();
        Ok(Scan { best, report: self.report, watch: self.watch })
    }
}

/// Files of a folder that are no feed, and fields that nobody knows.
fn notes(reader: &Reader) -> Vec<String> {
    let skipped = reader.skipped().iter().map(|skipped| format!("`{}`: {}", skipped.file, skipped.reason));
    let unknown = reader.unknown_fields().iter().map(|field| format!("field `{}` is not known", field.name));
    skipped.chain(unknown).take(TOP).collect()
}
