//! What an agent was refused, so that it does not ask for the same again and again.
//!
//! Whoever proposes is told how it ended when it ended badly, and the reason is kept as a fact about the agent, the
//! type of action and its target. It is written here and not by the agent, which may not say such things.

use crate::{Context, Turn};
use domain::{Action, ActionId, AgentName, Digest, Record, Status, text::Lang};
use policy::Policy;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use store::{StoreError, fact::Fact};
use time::{Duration, OffsetDateTime};

/// How the last action of this type and target that an agent proposed was refused, or failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which action it was.
    pub action: ActionId,
    /// Digest of what exactly was asked.
    pub digest: String,
    /// How it ended: `REJECTED`, `EXPIRED`, `DENIED` or `FAILED`.
    pub status: Status,
    /// Why, where that is known.
    pub why: Option<String>,
    /// Who refused it, where a person did.
    pub by: Option<String>,
    /// When.
    pub at: OffsetDateTime,
}

/// The part of the policy table `approval` that is needed here.
#[derive(Deserialize)]
struct CoolDown {
    reject_cooldown_minutes: i64,
}

impl Refusal {
    /// Whether an action that ended like this is told to whoever proposed it.
    #[must_use]
    pub const fn is(status: Status) -> bool {
        matches!(status, Status::Rejected | Status::Expired | Status::Denied | Status::Failed)
    }

    /// Whether it was exactly this that a person refused, so recently that asking again is of no use. Where policy
    /// does not say how long that is, the gate decides.
    #[must_use]
    pub fn still_stands(&self, action: &Action, policy: &Policy, now: OffsetDateTime) -> bool {
        let minutes = policy.thresholds::<CoolDown>("approval").map_or(0, |table| table.reject_cooldown_minutes);
        let same = Digest::of(action).is_ok_and(|digest| digest.as_str() == self.digest);
        self.status == Status::Rejected && same && now - self.at < Duration::minutes(minutes)
    }

    /// In words, for a report.
    fn told(&self, action: &Action) -> String {
        let (by, why) = (self.by.as_deref().unwrap_or("a person"), self.why.as_deref().unwrap_or("no reason given"));
        format!("{}: {by} refused it as {}: {why}", action.sentence(Lang::En), self.action)
    }

    /// The key of the fact.
    pub(crate) fn source(agent: &AgentName, action: &Action) -> String {
        format!("refused:{}:{}:{}", agent.function(), action.kind(), action.target())
    }

    /// The fact that a record ended badly.
    pub(crate) fn fact(record: &Record) -> Fact {
        let ended = record.ended();
        let reasons = || record.decision.reasons.iter().map(|reason| reason.en.as_str()).collect::<Vec<_>>().join("; ");
        let why = ended.note.or_else(|| (record.status == Status::Denied).then(reasons));
        let fields = [
            ("action", Some(record.proposal.id.to_string())),
            ("digest", Some(record.digest.to_string())),
            ("status", Some(record.status.name().to_owned())),
            ("why", why),
            ("by", ended.by),
        ];
        let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        let source = Self::source(&record.proposal.agent, &record.proposal.action);
        Fact { source, fields: known.collect(), at: record.updated }
    }

    /// What a fact of this kind says; nothing where it cannot be understood.
    pub(crate) fn read(fact: Fact) -> Option<Self> {
        let Fact { mut fields, at, .. } = fact;
        let take = |fields: &mut BTreeMap<String, String>, name: &str| fields.remove(name);
        Some(Self {
            action: take(&mut fields, "action")?.parse().ok()?,
            digest: take(&mut fields, "digest")?,
            status: take(&mut fields, "status")?.parse().ok()?,
            why: take(&mut fields, "why"),
            by: take(&mut fields, "by"),
            at,
        })
    }
}

/// Leaves out what a person refused so recently that asking again is of no use, and says so in the report. What is
/// part of a journey is asked all the same: its manager waits for an answer.
pub(crate) async fn leave_out(ctx: &Context<'_>, turn: &mut Turn) -> Result<(), StoreError> {
    let (mut kept, mut left) = (Vec::new(), Vec::new());
    for draft in std::mem::take(&mut turn.proposals) {
        let refusal = if draft.journey.is_some() { None } else { ctx.refused(&draft.action).await? };
        match refusal.filter(|refusal| refusal.still_stands(&draft.action, &ctx.policy, ctx.now)) {
            Some(refusal) => left.push(refusal.told(&draft.action)),
            None => kept.push(draft),
        }
    }
    turn.proposals = kept;
    if let (Value::Object(fields), false) = (&mut turn.report, left.is_empty()) {
        fields.insert("notProposed".to_owned(), left.into());
    }
    Ok(())
}
