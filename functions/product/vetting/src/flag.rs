//! A supplier that fails is proposed to be flagged, once for what it fails on.

use agent::{AgentError, Context, Draft};
use domain::{
    Premise,
    action::SupplierFlag,
    premise::Holds,
    proposal::{Case, Impact},
};
use policy::rules::vetting::{Output, Verdict};
use store::fact::Fact;

/// The proposal, and the fact that it rests on, unless the same was proposed before.
pub(crate) async fn flag(
    ctx: &Context<'_>,
    supplier: &str,
    said: &Output,
) -> Result<Option<(Draft, Fact)>, AgentError> {
    let (Verdict::Failed, Some(score)) = (said.verdict, said.score) else { return Ok(None) };
    let concern = concern(said);
    let source = format!("vetting:{supplier}");
    let known = ctx.reads.fact(&source).await?;
    if known.is_some_and(|fact| fact.fields.get("concern").is_some_and(|before| before == concern)) {
        return Ok(None);
    }
    let fields = [("concern", concern.to_owned()), ("score", score.to_string())];
    let fields = fields.map(|(name, value)| (name.to_owned(), value)).into();
    let draft = Draft {
        action: SupplierFlag { supplier: supplier.to_owned(), concern: concern.to_owned() }.into(),
        premises: vec![Premise {
            source: source.clone(),
            field: "concern".to_owned(),
            holds: Holds::Is(concern.to_owned()),
        }],
        confidence: None,
        case: case(supplier, score, said),
        journey: None,
    };
    Ok(Some((draft, Fact { source, fields, at: ctx.now })))
}

/// The code of the term with the fewest points.
fn concern(said: &Output) -> &'static str {
    let weakest = said.terms.iter().min_by_key(|(_, points)| **points);
    match weakest.map(|(name, _)| name.as_str()) {
        Some("delivery") => "late_deliveries",
        Some("quality") => "defects_and_returns",
        Some("cost") => "high_prices",
        Some("service") => "slow_answers",
        _ => "low_score",
    }
}

fn case(supplier: &str, score: i64, said: &Output) -> Case {
    let terms: Vec<String> = said.terms.iter().map(|(name, points)| format!("{name} {points}")).collect();
    Case {
        title: format!("Flag supplier “{supplier}”"),
        description: format!("Buy nothing new from “{supplier}” until its record is better"),
        reasoning: format!("It has {score} of 100 points: {}.", terms.join(", ")),
        data_sources: vec![format!("performance record of {supplier}")],
        risk_factors: vec!["products of this supplier that are on sale may be delivered late or not at all".to_owned()],
        missing: said.missing.clone(),
        impact: Impact::default(),
        alternatives: Vec::new(),
    }
}
