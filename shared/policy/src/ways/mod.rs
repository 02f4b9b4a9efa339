//! What else a proposal could have said, to need less consent; and where a decision comes from.
//!
//! Tiers are constant between limits. So for every field that the rules behind a decision compare, the values at and
//! beside what they compare it with are tried, alone and together with other fields, and each answer is the rules' own.

mod say;
mod search;
mod tries;

pub use say::Explanation;

use crate::{
    Policy,
    check::grounds::{self, Ground},
};
use domain::{Action, Decision, Reason, Tier};
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

/// Where the gate's rules are.
const RISK: &str = "data.royal.risk";

/// One field with another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The field, such as `action.amount_cents`.
    pub field: String,
    /// Its value; `null` where it is not known.
    pub value: Value,
    /// The nearest value that leads there.
    pub instead: Value,
}

/// Fields with other values, and the tier that they would have led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// What would have to be different: all of it.
    pub changes: Vec<Change>,
    /// The tier that it leads to.
    pub tier: Tier,
}

/// Where a reason comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The rule, such as `royal.risk.finance.paying`.
    pub rule: String,
    /// Its file, in the policy folder.
    pub file: String,
    /// The line on which it begins.
    pub line: u32,
}

impl Policy {
    /// Judges what was judged before: `seen` is what [`crate::Input::seen`] told.
    #[must_use]
    pub fn judge_seen(&self, seen: &str, at: OffsetDateTime) -> Decision {
        crate::judge::judge_seen(self, seen, at)
    }

    /// What would have led to a lower tier than that of `decision`: the ways with the fewest fields to the lowest tier
    /// that can be reached. None, where nothing does.
    #[must_use]
    pub fn ways_down(&self, seen: &Value, decision: &Decision) -> Vec<Way> {
        let grounds = grounds::all(self.sources());
        search::ways(self, &grounds, seen, decision)
    }

    /// The lowest tier that the action type of `seen` can have, whatever else is said of it.
    #[must_use]
    pub fn lowest_tier(&self, seen: &Value) -> Option<Tier> {
        let kind = seen.pointer("/action/type")?.as_str().filter(|kind| Action::KINDS.contains(kind))?;
        serde_json::from_value(self.row(kind)?.get("from")?.clone()).ok()
    }

    /// The rules that each of these reasons comes from, in their order.
    #[must_use]
    pub fn origins(&self, reasons: &[Reason]) -> Vec<Vec<Origin>> {
        let grounds = grounds::all(self.sources());
        let origin = |ground: &Ground| Origin {
            rule: ground.rule.strip_prefix("data.").unwrap_or(&ground.rule).to_owned(),
            file: ground.file.clone(),
            line: ground.line,
        };
        let of = |reason: &Reason| behind(&grounds, reason).map(origin).collect();
        reasons.iter().map(of).collect()
    }
}

/// The definitions that can have said a reason.
fn behind<'a>(grounds: &'a [Ground], reason: &'a Reason) -> impl Iterator<Item = &'a Ground> {
    let tier = reason.tier.to_string();
    let fits = move |ground: &&Ground| {
        let said = |word: &Option<String>, given: &str| word.as_deref().is_none_or(|word| word == given);
        ground.rule.starts_with(RISK)
            && said(&ground.code, &reason.code)
            && said(&ground.tier, &tier)
            && ground.limit == reason.limit
    };
    grounds.iter().filter(fits)
}
