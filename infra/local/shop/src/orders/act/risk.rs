//! `orderRiskAssessmentCreate`: what an app thinks of an order's risk. It has one opinion, the last one.

use super::order;
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::inputs::{self, Input};
use crate::mutation::Outcome;
use crate::orders::model::{Assessment, Fact};
use crate::orders::save;
use crate::user_errors::UserErrors;
use serde_json::json;

/// The app whose token clients of the sandbox have.
const APP: &str = "Sandbox app";

pub(super) fn create(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("orderRiskAssessmentInput").cloned().unwrap_or_default();
    let refused = |code: &str, message: &str| {
        let errors = UserErrors::one(code, "orderRiskAssessmentInput.orderId", message);
        Ok(Outcome::refused(json!({ "orderRiskAssessment": null }), errors))
    };
    let Some(mut order) = order(cx, inputs::text(&input, "orderId").unwrap_or_default())? else {
        return refused("NOT_FOUND", "Order not found.");
    };
    if order.fulfillment_status() == "FULFILLED" {
        return refused("ORDER_ALREADY_FULFILLED", "The order is already fulfilled.");
    }
    let fact = |fact: &&Input| Fact {
        description: inputs::text(fact, "description").unwrap_or_default().to_owned(),
        sentiment: inputs::text(fact, "sentiment").unwrap_or_default().to_owned(),
    };
    let made = Assessment {
        level: inputs::text(&input, "riskLevel").unwrap_or("NONE").to_owned(),
        facts: inputs::list(&input, "facts").unwrap_or_default().iter().map(fact).collect(),
        provider: Some(APP.to_owned()),
    };
    let facts = made.facts.iter().map(|f| json!({ "description": f.description, "sentiment": f.sentiment }));
    let shown = json!({
        "riskLevel": made.level,
        "facts": facts.collect::<Vec<_>>(),
        "provider": { "id": gid("App", 1), "title": APP },
    });
    order.risk.retain(|other| other.provider.as_deref() != Some(APP));
    order.risk.push(made);
    save(cx, &mut order, &[])?;
    Ok(Outcome::applied(json!({ "orderRiskAssessment": shown })))
}
