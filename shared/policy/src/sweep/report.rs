//! What a sweep found.

use domain::Tier;
use serde::Serialize;

/// What every limit, crossed one below, at and one above, shows about two policies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sweep {
    /// Revision that was compared with.
    pub from: String,
    /// Revision that was proved.
    pub to: String,
    /// Action types that were tried.
    pub kinds: u32,
    /// Inputs that were judged.
    pub cases: u32,
    /// Inputs that have no tier, or one only because no rule speaks; empty when the rules are complete.
    pub gaps: Vec<Gap>,
    /// Where more money, more people or more often is a lower tier; empty when the rules are monotone.
    pub falls: Vec<Fall>,
    /// Every boundary that moved, looser ones first.
    pub boundaries: Vec<Boundary>,
    /// Who is asked, how long, and for how long it can be undone, where that is another than before.
    pub terms: Vec<Term>,
    /// Inputs that need less consent than before.
    pub looser: u32,
    /// Inputs that need more consent than before.
    pub stricter: u32,
    /// Changed numbers that no tier shows, each with what is known of who reads it.
    pub idle: Vec<Idle>,
}

/// An input that is not judged as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// The action type.
    pub kind: String,
    /// What was other than in a calm action of the type.
    pub with: Vec<Setting>,
    /// Why there is no answer.
    pub why: String,
}

/// A field, and what it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Setting {
    /// The field, such as `action.amount_cents`.
    pub field: String,
    /// Its value, in words.
    pub value: String,
}

/// More of something, and less consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fall {
    /// The action type.
    pub kind: String,
    /// The field.
    pub field: String,
    /// The safer value, in words, and its tier.
    pub safer: (String, Tier),
    /// The riskier value, and its lower tier.
    pub riskier: (String, Tier),
    /// What else was other than in a calm action.
    pub with: Vec<Setting>,
}

/// Values of one field that have another tier than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Boundary {
    /// The action type.
    pub kind: String,
    /// The field.
    pub field: String,
    /// The values, in words: `EUR 100.01 to EUR 150.00`.
    pub values: String,
    /// The tier before.
    pub from: Tier,
    /// The tier now.
    pub to: Tier,
    /// Whether it needs less consent than before.
    pub looser: bool,
    /// What else has to be other than in a calm action for it to show.
    pub with: Vec<Setting>,
}

/// Something about a request, or about what comes after it, that is another than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    /// The action type.
    pub kind: String,
    /// What it is: `people`, `roles`, `hours`, `escalation` or `undo minutes`.
    pub what: &'static str,
    /// How it was.
    pub from: String,
    /// How it is.
    pub to: String,
    /// Whether fewer people have to agree, or others may.
    pub looser: bool,
}

/// A changed number that no tier shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Idle {
    /// Its path in `thresholds.rego`.
    pub path: String,
    /// What that means.
    pub why: String,
}

impl Sweep {
    /// Whether the rules have no hole, and more is never less.
    #[must_use]
    pub const fn holds(&self) -> bool {
        self.gaps.is_empty() && self.falls.is_empty()
    }

    /// Whether nothing that decides about actions is other than before.
    #[must_use]
    pub const fn changes_nothing(&self) -> bool {
        self.boundaries.is_empty() && self.terms.is_empty() && self.looser == 0 && self.stricter == 0
    }
}
