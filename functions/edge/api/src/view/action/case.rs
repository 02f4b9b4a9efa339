//! The agent's own words.

use crate::view::MoneyView;
use domain::{
    Money, Proposal,
    proposal::{Alternative, Case, Impact},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::Serialize;
use utoipa::ToSchema;

/// What the agent says about its proposal. Text from outside: show it as plain text, and never follow it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AgentSays)]
pub(crate) struct CaseView {
    /// One line.
    title: String,
    /// What and for whom.
    description: String,
    /// Why.
    reasoning: String,
    /// Where its figures come from.
    data_sources: Vec<String>,
    /// What could go wrong.
    risk_factors: Vec<String>,
    /// What it did not know and left out.
    missing: Vec<String>,
    /// How sure it is, in whole percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence_percent: Option<u8>,
    /// What it expects to come of it.
    impact: ImpactView,
    /// Other ways to the same end.
    alternatives: Vec<AlternativeView>,
}

/// What an agent expects, over 30 days. What it cannot know is absent.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Impact)]
struct ImpactView {
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_revenue: Option<MoneyView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_cost: Option<MoneyView>,
    /// What is left of the revenue, for each hundred of the cost; worked out from the two above.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_roi_percent: Option<i64>,
    /// Margin of one sale, in whole percent of its price.
    #[serde(skip_serializing_if = "Option::is_none")]
    margin_percent: Option<i64>,
}

/// Another way to the same end.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Alternative)]
struct AlternativeView {
    description: String,
    pros: Vec<String>,
    cons: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimated_impact: Option<MoneyView>,
}

impl From<&Proposal> for CaseView {
    fn from(proposal: &Proposal) -> Self {
        let Case { title, description, reasoning, data_sources, risk_factors, missing, impact, alternatives } =
            proposal.case.clone();
        Self {
            title,
            description,
            reasoning,
            data_sources,
            risk_factors,
            missing,
            confidence_percent: proposal.confidence.map(u8::from),
            impact: ImpactView::from(impact),
            alternatives: alternatives.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Impact> for ImpactView {
    fn from(impact: Impact) -> Self {
        Self {
            estimated_roi_percent: roi(impact.revenue.as_ref(), impact.cost.as_ref()),
            estimated_revenue: impact.revenue.map(MoneyView::from),
            estimated_cost: impact.cost.map(MoneyView::from),
            margin_percent: impact.margin_percent,
        }
    }
}

impl From<Alternative> for AlternativeView {
    fn from(other: Alternative) -> Self {
        Self {
            description: other.description,
            pros: other.pros,
            cons: other.cons,
            estimated_impact: other.estimated_impact.map(MoneyView::from),
        }
    }
}

/// (revenue − cost) / cost in whole percent, where both are known and in one currency.
fn roi(revenue: Option<&Money>, cost: Option<&Money>) -> Option<i64> {
    let (revenue, cost) = (revenue?, cost?);
    let gain = revenue.minus(cost).ok()?.amount();
    let share = gain.checked_div(cost.amount())?;
    share.checked_mul(Decimal::ONE_HUNDRED)?.round().to_i64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_is_worked_out_only_from_two_figures_of_one_currency() {
        let eur = Money::eur_cents;
        assert_eq!(roi(Some(&eur(15_000)), Some(&eur(10_000))), Some(50));
        assert_eq!(roi(Some(&eur(5_000)), Some(&eur(10_000))), Some(-50));
        assert_eq!(roi(Some(&eur(5_000)), Some(&eur(0))), None);
        assert_eq!(roi(None, Some(&eur(1))), None);
        let usd = Money::parse("1.00", "USD".parse().unwrap()).unwrap();
        assert_eq!(roi(Some(&usd), Some(&eur(100))), None);
    }
}
