//! What policy rules may read from an action.

use serde::Serialize;

/// The facts of one action, in the units of policy: whole cents, whole percent, whole counts.
///
/// A field that an action type does not have, or that does not fit its unit, is absent. Policy names the
/// facts that each action type needs; an absent one makes the tier HIGH.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Wire name of the action type.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the action acts on.
    pub target: String,
    /// Nothing makes it good afterwards.
    pub irreversible: bool,
    /// Money moved or committed, in cents of `currency`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<i64>,
    /// ISO 4217 code of `amount_cents`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Price before the action, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_price_cents: Option<i64>,
    /// Price after the action, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_price_cents: Option<i64>,
    /// Unit cost, in cents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_cents: Option<i64>,
    /// Product category, as the shop names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Count after the action (stock, recipients …), in units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i64>,
    /// Count before the action, in units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_quantity: Option<i64>,
    /// Number of people a message reaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<i64>,
    /// Reason code of an unpublishing: `out_of_stock`, `quality` or `recall`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Topics that a text touches, such as `legal_threat`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// The intent that a reply answers, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// Value of a goal before, in hundredths of its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_goal: Option<i64>,
    /// Value of a goal after, in hundredths of its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_goal: Option<i64>,
    /// ISO 3166 country that goods go to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}
