//! An explanation in words.

use super::{Change, Origin, Way};
use crate::Policy;
use domain::{Decision, Tier, text::Lang};
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

/// Why something is decided as it is, and what would have needed less consent.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The decision.
    pub decision: Decision,
    /// For each of its reasons, the rules that say it.
    pub rules: Vec<Vec<Origin>>,
    /// What would have led to a lower tier.
    pub instead: Vec<Way>,
    /// The lowest tier that the action type can have.
    pub lowest: Option<Tier>,
}

impl Policy {
    /// Judges what `seen` tells (as [`crate::Input::seen`] does), and says why.
    #[must_use]
    pub fn explain(&self, seen: &Value, at: OffsetDateTime) -> Explanation {
        self.explain_decision(seen, self.judge_seen(&seen.to_string(), at))
    }

    /// Says why `decision`, which this policy made of `seen`, is as it is.
    #[must_use]
    pub fn explain_decision(&self, seen: &Value, decision: Decision) -> Explanation {
        let rules = self.origins(&decision.reasons);
        let instead = self.ways_down(seen, &decision);
        Explanation { rules, instead, lowest: self.lowest_tier(seen), decision }
    }
}

impl Explanation {
    /// Line by line: the tier, each reason with its rule, and what would have needed less.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = vec![format!("{}", self.decision.tier)];
        for (reason, rules) in self.decision.reasons.iter().zip(&self.rules) {
            lines.push(format!("  {}: {}", reason.tier, lang.pick(reason.en.clone(), reason.nl.clone())));
            if let (Some(limit), Some(line)) = (&reason.limit, reason.line) {
                lines.push(format!("    number: {limit}, royal/thresholds.rego:{line}"));
            }
            lines.extend(rules.iter().map(|Origin { rule, file, line }| format!("    rule:   {rule}, {file}:{line}")));
        }
        lines.extend(self.instead.iter().map(way));
        if self.instead.is_empty() {
            lines.extend(self.nothing());
        }
        lines
    }

    /// Why there is no way to less.
    fn nothing(&self) -> Option<String> {
        let tier = self.decision.tier;
        match self.lowest {
            _ if tier == Tier::Low => None,
            Some(lowest) if lowest >= tier => Some(format!("  an action of this type is never less than {lowest}")),
            _ => Some("  no other figure or fact would have made it less".to_owned()),
        }
    }
}

fn way(way: &Way) -> String {
    let changes: Vec<String> = way.changes.iter().map(change).collect();
    format!("  {} if {}", way.tier, changes.join(", and "))
}

fn change(Change { field, value, instead }: &Change) -> String {
    let name = field.rsplit('.').next().unwrap_or(field);
    let told = |value: &Value| match value {
        Value::Null => "not known".to_owned(),
        Value::Number(number) if name.ends_with("_cents") => crate::check::euro(&number.to_string()),
        Value::Number(number) if name == "confidence" || name.ends_with("_percent") => format!("{number} %"),
        Value::Array(list) if list.is_empty() => "empty".to_owned(),
        Value::String(text) => format!("\"{text}\""),
        other => other.to_string(),
    };
    format!("{field} were {} instead of {}", told(instead), told(value))
}
