//! Codes become sentences.
//!
//! Rules speak in codes and figures; `sentences.json` holds the words, one entry per code with the unit
//! of its figures. A code without an entry is refused when a policy is loaded.

mod figure;
mod words;

use crate::Policy;
use domain::{Reason, Tier};
use figure::Style;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(crate) use words::{codes, known};

/// What one rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The tier that it asks for, where it is about a tier.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub tier: Option<Tier>,
    /// What was found.
    pub code: String,
    /// Path of the limit in `thresholds.rego`, where one was compared with.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub limit: Option<String>,
    /// The value found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<Value>,
    /// The fact that it was compared with, where that is no limit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub than: Option<Value>,
}

/// A number as English readers write it: `cents`, `percent`, or a count of things.
pub(crate) fn figure(number: &Value, unit: &str) -> String {
    let unit = match unit {
        "cents" => figure::Unit::Cents,
        "percent" => figure::Unit::Percent,
        _ => figure::Unit::Count,
    };
    figure::show(number, unit, figure::EURO, &figure::ENGLISH)
}

/// The code of a judgement that no rule made.
const POLICY_ERROR: &str = "policy_error";

/// The reason that people read. `currency` is that of the action; limits are in euro.
pub(crate) fn reason(policy: &Policy, finding: &Finding, tier: Tier, currency: &str) -> Reason {
    let limit = finding.limit.as_deref().and_then(|path| policy.limit(path));
    let (number, line) = limit.unzip();
    let threshold = number.map(Value::from);
    let told = Told {
        code: &finding.code,
        tier,
        value: finding.value.as_ref(),
        threshold: threshold.as_ref(),
        than: finding.than.as_ref(),
        line,
        currency,
    };
    Reason {
        code: finding.code.clone(),
        tier,
        limit: finding.limit.clone(),
        threshold: told.against(&figure::PLAIN),
        line,
        value: told.found(&figure::PLAIN),
        en: told.sentence(&figure::ENGLISH),
        nl: told.sentence(&figure::DUTCH),
    }
}

/// The reason given when policy itself gave none.
pub(crate) fn policy_error(cause: &str) -> Reason {
    let value = Value::from(cause);
    let told = Told {
        code: POLICY_ERROR,
        tier: Tier::High,
        value: Some(&value),
        threshold: None,
        than: None,
        line: None,
        currency: figure::EURO,
    };
    Reason {
        code: POLICY_ERROR.to_owned(),
        tier: Tier::High,
        limit: None,
        threshold: None,
        line: None,
        value: told.found(&figure::PLAIN),
        en: told.sentence(&figure::ENGLISH),
        nl: told.sentence(&figure::DUTCH),
    }
}

/// Everything that a sentence is made of.
struct Told<'a> {
    code: &'a str,
    tier: Tier,
    value: Option<&'a Value>,
    threshold: Option<&'a Value>,
    than: Option<&'a Value>,
    line: Option<u32>,
    currency: &'a str,
}

impl Told<'_> {
    fn found(&self, style: &Style) -> Option<String> {
        let unit = words::unit(self.code);
        self.value.map(|value| figure::show(value, unit, self.currency, style))
    }

    /// The limit, which finance wrote in euro, or the fact in the action's own currency.
    fn against(&self, style: &Style) -> Option<String> {
        let unit = words::unit(self.code);
        let limit = self.threshold.map(|limit| (limit, figure::EURO));
        limit
            .or_else(|| self.than.map(|than| (than, self.currency)))
            .map(|(number, currency)| figure::show(number, unit, currency, style))
    }

    fn sentence(&self, style: &Style) -> String {
        let unknown = || style.unknown.to_owned();
        let text = filled(words::template(self.code, style.lang), |gap| match gap {
            "tier" => Some(self.tier.to_string()),
            "threshold" => Some(self.against(style).unwrap_or_else(unknown)),
            "value" => Some(self.found(style).unwrap_or_else(unknown)),
            _ => None,
        });
        match self.line {
            Some(line) => format!("{text} (thresholds.rego, {} {line})", style.line),
            None => text,
        }
    }
}

/// A template with its gaps filled. What fills one is not looked at again, whatever it says.
fn filled(template: &str, filler: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        text.push_str(before);
        match behind.split_once('}').and_then(|(gap, after)| Some((filler(gap)?, after))) {
            Some((found, after)) => {
                text.push_str(&found);
                rest = after;
            }
            None => {
                text.push('{');
                rest = behind;
            }
        }
    }
    text.push_str(rest);
    text
}
