//! A person's part: roles, the request that waits, and votes.

use crate::decision::Consent;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};
use time::{Duration, OffsetDateTime};

/// What a person may see and decide. Rego maps roles to rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Owns the store.
    Owner,
    /// Money.
    Finance,
    /// Products, stock and orders.
    Operations,
    /// Campaigns and content.
    Marketing,
    /// Customers.
    Support,
    /// Reads everything, decides nothing.
    Auditor,
    /// A machine: proposes, reads, withdraws; never decides.
    Agent,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 7] =
        [Self::Owner, Self::Finance, Self::Operations, Self::Marketing, Self::Support, Self::Auditor, Self::Agent];

    /// The wire name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Finance => "finance",
            Self::Operations => "operations",
            Self::Marketing => "marketing",
            Self::Support => "support",
            Self::Auditor => "auditor",
            Self::Agent => "agent",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|role| role.name() == name)
            .ok_or_else(|| format!("`{name}` is no role: {}", known()))
    }
}

/// A request that waits for people. What it asks is fixed when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// Roles that may decide.
    pub roles: Vec<Role>,
    /// Distinct people who must agree.
    pub quorum: u32,
    /// When it opened.
    #[serde(with = "time::serde::rfc3339")]
    pub opened: OffsetDateTime,
    /// When it expires.
    #[serde(with = "time::serde::rfc3339")]
    pub deadline: OffsetDateTime,
    /// Roles that it is put before once the deadline is near: those that could not decide it so far can from then on,
    /// and the others are told that it is theirs now.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub escalation: Vec<Role>,
    /// When that is due; absent where nobody else is to be asked, or once they were.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub escalates: Option<OffsetDateTime>,
    /// When others were asked as well.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none", default)]
    pub escalated: Option<OffsetDateTime>,
    /// Who agreed or refused, in order.
    pub votes: Vec<Vote>,
}

impl Approval {
    /// The request that `consent` asks for, opened at `at`.
    #[must_use]
    pub fn open(consent: &Consent, at: OffsetDateTime) -> Self {
        let after = |hours: u32| at.checked_add(Duration::hours(i64::from(hours))).unwrap_or(at);
        let before = consent.hours.saturating_sub(consent.escalate_before_hours);
        Self {
            roles: consent.roles.clone(),
            quorum: consent.quorum,
            opened: at,
            deadline: after(consent.hours),
            escalation: consent.escalation.clone(),
            escalates: (!consent.escalation.is_empty()).then(|| after(before)),
            escalated: None,
            votes: Vec::new(),
        }
    }

    /// Whether as many distinct people agreed as were asked for.
    #[must_use]
    pub fn agreed(&self) -> bool {
        u32::try_from(self.voices()).is_ok_and(|count| count >= self.quorum)
    }

    /// How many distinct people agreed. Whoever stands in for somebody speaks with that person's voice, so the two
    /// of them count once; and nobody counts twice, for whomever they speak.
    #[must_use]
    pub fn voices(&self) -> usize {
        let (mut voices, mut people) = (BTreeSet::new(), BTreeSet::new());
        let agree = self.votes.iter().filter(|vote| vote.agrees);
        agree.filter(|vote| people.insert(vote.human.as_str()) && voices.insert(vote.voice())).count()
    }

    /// The same request, with those asked as well who are to be when the deadline is near.
    #[must_use]
    pub fn escalate(mut self, at: OffsetDateTime) -> Self {
        let more: Vec<Role> = self.escalation.iter().copied().filter(|role| !self.roles.contains(role)).collect();
        self.roles.extend(more);
        Self { escalates: None, escalated: Some(at), ..self }
    }

    /// When the clock has something to do about it next: ask others as well, or let it expire.
    #[must_use]
    pub fn due(&self) -> OffsetDateTime {
        self.escalates.map_or(self.deadline, |at| at.min(self.deadline))
    }

    /// The same request with its clocks put forward by the time that it was set aside.
    #[must_use]
    pub fn put_forward(self, by: Duration) -> Self {
        let later = |at: OffsetDateTime| at.checked_add(by).unwrap_or(at);
        Self { deadline: later(self.deadline), escalates: self.escalates.map(later), ..self }
    }
}

/// One person's word on a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vote {
    /// Account of the person.
    pub person: String,
    /// Who that is: one person may have several accounts.
    pub human: String,
    /// For whom the person stands in, where that is so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on_behalf: Option<String>,
    /// Role in which the person voted.
    pub role: Role,
    /// Yes or no.
    pub agrees: bool,
    /// Why; required for a no.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

impl Vote {
    /// Whose voice it is: of the person stood in for, or the person's own.
    #[must_use]
    pub fn voice(&self) -> &str {
        self.on_behalf.as_deref().unwrap_or(&self.human)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(quorum: u32, votes: &[(&str, Option<&str>)]) -> Approval {
        let vote = |(human, on_behalf): &(&str, Option<&str>)| Vote {
            person: format!("{human}@shop.example"),
            human: (*human).to_owned(),
            on_behalf: on_behalf.map(str::to_owned),
            role: Role::Owner,
            agrees: true,
            reason: None,
            at: OffsetDateTime::UNIX_EPOCH,
        };
        let consent =
            Consent { roles: vec![Role::Owner], quorum, hours: 24, escalation: Vec::new(), escalate_before_hours: 4 };
        let votes = votes.iter().map(vote).collect();
        Approval { votes, ..Approval::open(&consent, OffsetDateTime::UNIX_EPOCH) }
    }

    #[test]
    fn a_quorum_counts_people_and_not_accounts_votes_or_borrowed_voices() {
        let two = |votes: &[(&str, Option<&str>)]| request(2, votes).agreed();
        assert!(two(&[("ann", None), ("bob", None)]));
        assert!(two(&[("ann", None), ("bob", Some("cid"))]));
        assert!(!two(&[("ann", None), ("ann", None)]), "one person, two accounts");
        assert!(!two(&[("ann", None), ("bob", Some("ann"))]), "the person and who stands in for her");
        assert!(!two(&[("bob", Some("ann")), ("bob", Some("cid"))]), "one person for two others");
    }

    #[test]
    fn whoever_is_to_be_asked_later_is_asked_once() {
        let escalation = vec![Role::Owner, Role::Finance];
        let consent = Consent { roles: vec![Role::Owner], quorum: 1, hours: 24, escalation, escalate_before_hours: 4 };
        let request = Approval::open(&consent, OffsetDateTime::UNIX_EPOCH);
        assert_eq!(request.escalates, Some(OffsetDateTime::UNIX_EPOCH + Duration::hours(20)));
        assert_eq!(request.due(), OffsetDateTime::UNIX_EPOCH + Duration::hours(20));
        let later = request.escalate(OffsetDateTime::UNIX_EPOCH + Duration::hours(20));
        assert_eq!(later.due(), later.deadline);
        assert_eq!((later.roles, later.escalates), (vec![Role::Owner, Role::Finance], None));
    }
}
