//! Actions that steer the system itself.

use super::{Action, Effect, Executor, Facts, Reversibility};
use crate::text::Lang;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Sets a goal of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GoalSet {
    /// Which goal, such as `daily_revenue_eur`.
    pub goal: String,
    /// Its value now, in its own unit.
    pub from: Decimal,
    /// Its value afterwards.
    pub to: Decimal,
}

impl Effect for GoalSet {
    const EXECUTOR: Executor = Executor::Ledger;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        format!("goal:{}", self.goal)
    }

    fn inverse(&self) -> Option<Action> {
        Some(Self { from: self.to, to: self.from, ..self.clone() }.into())
    }

    fn tell(&self, facts: &mut Facts) {
        facts.old_goal = hundredths(self.from);
        facts.new_goal = hundredths(self.to);
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { goal, from, to } = self;
        lang.pick(format!("Set goal {goal} from {from} to {to}"), format!("Doel {goal} wijzigen van {from} naar {to}"))
    }
}

/// Changes what the store is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StrategyPivot {
    /// What will change.
    pub plan: String,
}

impl Effect for StrategyPivot {
    const EXECUTOR: Executor = Executor::Ledger;

    fn target(&self) -> String {
        "strategy".to_owned()
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { plan } = self;
        lang.pick(format!("Change the strategy: {plan}"), format!("De strategie wijzigen: {plan}"))
    }
}

/// Starts to sell in another country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MarketEnter {
    /// ISO 3166 code.
    pub country: String,
}

impl Effect for MarketEnter {
    const EXECUTOR: Executor = Executor::Ledger;

    fn target(&self) -> String {
        format!("market:{}", self.country)
    }

    fn tell(&self, facts: &mut Facts) {
        facts.country = Some(self.country.clone());
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { country } = self;
        lang.pick(format!("Start selling in {country}"), format!("Gaan verkopen in {country}"))
    }
}

/// Makes a policy revision the one that decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PolicyPublish {
    /// Hash of the new revision.
    pub revision: String,
    /// Hash of the revision in force.
    pub replaces: String,
    /// From when on it decides; absent: as soon as it is agreed to.
    #[serde(skip_serializing_if = "Option::is_none", default, with = "time::serde::rfc3339::option")]
    pub effective_from: Option<OffsetDateTime>,
}

impl Effect for PolicyPublish {
    const EXECUTOR: Executor = Executor::Ledger;
    const REVERSIBILITY: Reversibility = Reversibility::Reversible;

    fn target(&self) -> String {
        "policy".to_owned()
    }

    fn inverse(&self) -> Option<Action> {
        let (revision, replaces) = (self.replaces.clone(), self.revision.clone());
        Some(Self { revision, replaces, effective_from: None }.into())
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { revision, replaces, effective_from } = self;
        let from = effective_from.and_then(|at| at.format(&Rfc3339).ok());
        let (en, nl) = from.map(|at| (format!(" from {at} on"), format!(" vanaf {at}"))).unwrap_or_default();
        lang.pick(
            format!("Let policy revision {revision} decide instead of {replaces}{en}"),
            format!("Beleidsversie {revision} laten beslissen in plaats van {replaces}{nl}"),
        )
    }
}

/// Lifts a stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ControlResume {
    /// What is let go, such as `all` or `cluster:marketing`.
    pub scope: String,
}

impl Effect for ControlResume {
    const EXECUTOR: Executor = Executor::Ledger;

    fn target(&self) -> String {
        format!("control:{}", self.scope)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { scope } = self;
        lang.pick(format!("Lift the stop on {scope}"), format!("De stop op {scope} opheffen"))
    }
}

/// Gives a person a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AccessGrant {
    /// Account of the person.
    pub person: String,
    /// Which role.
    pub role: crate::approval::Role,
}

impl Effect for AccessGrant {
    const EXECUTOR: Executor = Executor::Ledger;

    fn target(&self) -> String {
        format!("person:{}", self.person)
    }

    fn sentence(&self, lang: Lang) -> String {
        let Self { person, role } = self;
        lang.pick(format!("Give {person} the role {role}"), format!("{person} de rol {role} geven"))
    }
}

/// A number in hundredths, where it is a whole number of them.
fn hundredths(value: Decimal) -> Option<i64> {
    let scaled = value.checked_mul(Decimal::ONE_HUNDRED)?;
    scaled.is_integer().then(|| scaled.to_i64()).flatten()
}
