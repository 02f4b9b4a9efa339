//! What else a proposal could have said, to need less consent.
//!
//! Tiers are constant between limits, so it is enough to try, for one field at a time, the numbers at and beside the
//! limits of the tables that the reasons name. What two fields together would change is not looked for.

use crate::Policy;
use domain::{Decision, Tier};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// The fields of an action that a limit bounds, as the rules see them.
const FIELDS: [&str; 5] =
    ["/action/amount_cents", "/action/quantity", "/action/recipients", "/action/new_price_cents", "/confidence"];
/// The most numbers that are tried.
const MOST: usize = 400;

/// One field with another value, and the tier that it would have led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The field, such as `action.amount_cents`.
    pub field: String,
    /// Its value.
    pub value: i64,
    /// The nearest value that leads to the tier.
    pub instead: i64,
    /// That tier.
    pub tier: Tier,
}

impl Policy {
    /// Judges what was judged before: `seen` is what [`crate::Input::seen`] told.
    #[must_use]
    pub fn judge_seen(&self, seen: &str, at: OffsetDateTime) -> Decision {
        crate::judge::judge_seen(self, seen, at)
    }

    /// What would have led to a lower tier than that of `decision`, for each field the lowest one that can be reached by
    /// it alone; none, where no field alone does.
    #[must_use]
    pub fn ways_down(&self, seen: &Value, decision: &Decision) -> Vec<Way> {
        let tables: BTreeSet<&str> =
            decision.reasons.iter().filter_map(|reason| reason.limit.as_deref()?.split('.').next()).collect();
        let of_table = |path: &str| path.split('.').next().is_some_and(|table| tables.contains(table));
        let limits = self.numbers_at().filter(|(path, _, _)| of_table(path)).map(|(_, value, _)| value);
        let tried: BTreeSet<i64> =
            limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]).take(MOST).collect();
        FIELDS.iter().filter_map(|field| self.way(seen, field, &tried, decision)).collect()
    }

    fn way(&self, seen: &Value, field: &str, tried: &BTreeSet<i64>, decision: &Decision) -> Option<Way> {
        let value = seen.pointer(field)?.as_i64()?;
        let tier = |instead: i64| {
            let mut other = seen.clone();
            *other.pointer_mut(field)? = Value::from(instead);
            Some(self.judge_seen(&other.to_string(), decision.at).tier)
        };
        let fits = |instead: &i64| *instead >= 0 && (field != "/confidence" || *instead <= 100);
        let led = tried.iter().copied().filter(fits).filter_map(|instead| Some((tier(instead)?, instead)));
        let lower = led.filter(|(tier, _)| *tier < decision.tier);
        let (tier, instead) = lower.min_by_key(|(tier, instead)| (*tier, instead.abs_diff(value)))?;
        let field = field.trim_start_matches('/').replace('/', ".");
        Some(Way { field, value, instead, tier })
    }
}
