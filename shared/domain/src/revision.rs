//! Revisions of the policy: which ones are kept, which one decides, and which one judges beside it.

use crate::{ActionId, AgentName, Digest, Money, Role, Tier};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// Why a pointer cannot be moved as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotMoved {
    /// Another revision decides than the one that was to be replaced.
    #[error("revision {0} decides by now")]
    Another(Digest),
    /// A revision is on its way already.
    #[error("revision {0} is to decide from {1} on: roll back first if it is not to")]
    OnItsWay(Digest, OffsetDateTime),
    /// It is as wanted already.
    #[error("it decides already")]
    Already,
}

/// A revision that is kept. What it says never changes; that it was published is added once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// SHA-256 over its files: its name.
    pub revision: Digest,
    /// SHA-256 over the first line of its bundle, which holds the hashes of the rest.
    pub bundle: Digest,
    /// Bytes of the bundle.
    pub bytes: usize,
    /// Rows that hold the bundle.
    pub parts: usize,
    /// Account of whoever had it kept, or name of the function.
    pub by: String,
    /// Since when it is kept.
    #[serde(with = "time::serde::rfc3339")]
    pub kept: OffsetDateTime,
    /// When it was first allowed to decide; absent of a draft.
    #[serde(skip_serializing_if = "Option::is_none", default, with = "time::serde::rfc3339::option")]
    pub published: Option<OffsetDateTime>,
    /// The action that published it; absent of a draft, and of a revision that the system was delivered with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub action: Option<ActionId>,
}

impl Revision {
    /// Status of one that never decided.
    pub const DRAFT: &'static str = "DRAFT";
    /// Status of one that was allowed to decide: it can be rolled back to.
    pub const PUBLISHED: &'static str = "PUBLISHED";

    /// Where it is: `DRAFT`, or `PUBLISHED` once it was allowed to decide.
    #[must_use]
    pub const fn status(&self) -> &'static str {
        if self.published.is_some() { Self::PUBLISHED } else { Self::DRAFT }
    }
}

/// The time in which a revision decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reign {
    /// The revision.
    pub revision: Digest,
    /// SHA-256 over the first line of its bundle, which holds the hashes of the rest: what is loaded must have it.
    pub bundle: Digest,
    /// From when on.
    #[serde(with = "time::serde::rfc3339")]
    pub from: OffsetDateTime,
    /// Who let it: the people who agreed, or the one who rolled back.
    pub by: Vec<String>,
    /// The action by which it was published; absent after a roll-back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub action: Option<ActionId>,
    /// Why it was rolled back to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

/// Which revision decides, and which one will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InForce {
    /// The one that decides, until the next one does.
    pub live: Reign,
    /// The one that decides from its time on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<Reign>,
    /// The one that decided before: what goes on deciding where the present one cannot be loaded.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub before: Option<Kept>,
    /// When this was last changed.
    #[serde(with = "time::serde::rfc3339")]
    pub updated: OffsetDateTime,
}

/// A revision with the hash of its bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// The revision.
    pub revision: Digest,
    /// SHA-256 over the first line of its bundle, which holds the hashes of the rest.
    pub bundle: Digest,
}

impl InForce {
    /// Id of the only one.
    pub const ID: &'static str = "live";
    /// Its only status.
    pub const STATUS: &'static str = "IN_FORCE";

    /// The first one: nothing was published before.
    #[must_use]
    pub const fn first(replaced: Option<Kept>, reign: Reign, now: OffsetDateTime) -> Self {
        Self { live: reign, next: None, before: replaced, updated: now }
    }

    /// What decides at `now`.
    #[must_use]
    pub fn at(&self, now: OffsetDateTime) -> &Reign {
        self.next.as_ref().filter(|next| next.from <= now).unwrap_or(&self.live)
    }

    /// Where a reign that has begun is no longer the next one.
    #[must_use]
    pub fn settled(mut self, now: OffsetDateTime) -> Self {
        if let Some(next) = self.next.take_if(|next| next.from <= now) {
            self.before = Some(self.live.kept());
            self.live = next;
        }
        self
    }

    /// After `reign` was agreed to in place of `replaces`.
    ///
    /// # Errors
    /// When another revision decides, or is to decide already.
    pub fn published(self, reign: Reign, replaces: &Digest, now: OffsetDateTime) -> Result<Self, NotMoved> {
        let settled = self.settled(now);
        if let Some(next) = settled.next {
            return Err(NotMoved::OnItsWay(next.revision, next.from));
        }
        if settled.live.revision != *replaces {
            return Err(NotMoved::Another(settled.live.revision));
        }
        if reign.from > now {
            return Ok(Self { next: Some(reign), updated: now, ..settled });
        }
        Ok(settled.replaced(reign, now))
    }

    /// After a roll-back to `reign`; what was on its way is not any more.
    ///
    /// # Errors
    /// When it decides already, and nothing is on its way.
    pub fn rolled_back(self, reign: Reign, now: OffsetDateTime) -> Result<Self, NotMoved> {
        let settled = self.settled(now);
        if settled.live.revision == reign.revision && settled.next.is_none() {
            return Err(NotMoved::Already);
        }
        Ok(settled.replaced(reign, now))
    }

    fn replaced(self, reign: Reign, now: OffsetDateTime) -> Self {
        let other = Some(self.live.kept()).filter(|kept| kept.revision != reign.revision);
        Self { before: other.or(self.before), live: reign, next: None, updated: now }
    }
}

impl Revision {
    /// Its name and the hash of its bundle.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept { revision: self.revision.clone(), bundle: self.bundle.clone() }
    }
}

impl Reign {
    /// Its revision.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept { revision: self.revision.clone(), bundle: self.bundle.clone() }
    }
}

/// Which draft judges beside the revision that decides; it decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shadow {
    /// The draft; absent while none does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub draft: Option<Kept>,
    /// Who last changed this.
    pub by: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
}

impl Shadow {
    /// Id of the only one.
    pub const ID: &'static str = "shadow";

    /// `ON` or `OFF`.
    #[must_use]
    pub const fn status(&self) -> &'static str {
        if self.draft.is_some() { "ON" } else { "OFF" }
    }
}

/// What one revision made of an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judgement {
    /// The revision.
    pub revision: Digest,
    /// The tier.
    pub tier: Tier,
    /// Who would be asked.
    pub roles: Vec<Role>,
    /// How many of them.
    pub quorum: u32,
    /// Codes of what it found, each once.
    pub reasons: Vec<String>,
}

/// A decision on which a draft and the revision that decided did not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Disagreement {
    /// The action.
    pub action: ActionId,
    /// Its type.
    pub action_type: String,
    /// The agent that asked.
    pub agent: AgentName,
    /// When it was judged.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// The money that it moves, where it does.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub amount: Option<Money>,
    /// What decided.
    pub live: Judgement,
    /// What the draft would have decided.
    pub draft: Judgement,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    fn digest(name: &str) -> Digest {
        Digest::of_bytes(name.as_bytes())
    }

    fn at(hour: i64) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::hours(hour)
    }

    fn reign(name: &str, hour: i64) -> Reign {
        Reign {
            revision: digest(name),
            bundle: digest(&format!("bundle of {name}")),
            from: at(hour),
            by: vec!["ann".to_owned()],
            action: None,
            reason: None,
        }
    }

    fn live(one: &InForce, hour: i64) -> Digest {
        one.at(at(hour)).revision.clone()
    }

    #[test]
    fn a_revision_decides_from_its_time_on_and_the_one_before_until_then() {
        let first = InForce::first(None, reign("one", 0), at(0));
        let later = first.published(reign("two", 9), &digest("one"), at(1)).unwrap();
        assert_eq!((live(&later, 8), live(&later, 9)), (digest("one"), digest("two")));
        let settled = later.clone().settled(at(9));
        assert_eq!((&settled.live.revision, &settled.next), (&digest("two"), &None));
        assert_eq!(settled.before.unwrap().revision, digest("one"));
        let taken = later.published(reign("three", 2), &digest("one"), at(2));
        assert_eq!(taken, Err(NotMoved::OnItsWay(digest("two"), at(9))));
    }

    #[test]
    fn what_was_agreed_in_place_of_another_revision_does_not_take_the_place_of_this_one() {
        let first = InForce::first(None, reign("one", 0), at(0));
        let two = first.published(reign("two", 1), &digest("one"), at(1)).unwrap();
        let late = two.clone().published(reign("three", 2), &digest("one"), at(2));
        assert_eq!(late, Err(NotMoved::Another(digest("two"))));
        assert_eq!(two.before.unwrap().revision, digest("one"));
    }

    #[test]
    fn a_roll_back_holds_at_once_and_takes_back_what_was_on_its_way() {
        let first = InForce::first(None, reign("one", 0), at(0));
        let two = first.published(reign("two", 1), &digest("one"), at(1)).unwrap();
        let waiting = two.published(reign("three", 9), &digest("two"), at(2)).unwrap();
        let back = waiting.clone().rolled_back(reign("one", 3), at(3)).unwrap();
        assert_eq!((live(&back, 99), &back.before.as_ref().unwrap().revision), (digest("one"), &digest("two")));
        assert_eq!(back.rolled_back(reign("one", 4), at(4)), Err(NotMoved::Already));
        let stays = waiting.rolled_back(reign("two", 3), at(3)).unwrap();
        assert_eq!((live(&stays, 99), stays.before.unwrap().revision), (digest("two"), digest("one")));
    }
}
