//! Why policy decides what it decides, and what would have needed less consent.

use super::in_force;
use crate::{
    auth::{About, Caller, Permit, Verb},
    extract::{Body, IdempotencyKey, Language},
    problem::{Kind, Problem},
    propose,
    routes::actions::revision,
    view::{action::DecisionView, spoken},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use domain::{
    Action, ActionId, Decision, Proposal, Record, Role,
    decision::Consent,
    proposal::{Case, Confidence},
    text::Lang,
};
use judge::Unweighed;
use policy::{Context, Explanation, Origin, Policy, Way};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Store, page::Cut};
use utoipa::ToSchema;

/// Audit records among which the last judgement of an action is looked for.
const LOOKED_AT: usize = 100;

/// What is to be explained: an action that was proposed, or one that nobody proposed yet.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
#[schema(as = ExplainRequest)]
pub(super) struct Asked {
    /// Id of an action: why was it decided as it was?
    #[schema(value_type = Option<String>, format = Uuid, required = false)]
    id: Option<ActionId>,
    /// A typed action instead: what would policy say of it? Nothing is proposed by asking.
    #[schema(value_type = Option<Object>, required = false)]
    action: Option<Action>,
    /// How sure an agent would be of it, in whole percent.
    #[schema(value_type = Option<u8>, minimum = 0, maximum = 100, required = false)]
    confidence: Option<Confidence>,
    /// Facts to be taken for true instead of those that the gate would read, such as `refunds_30d`.
    #[schema(value_type = Option<Object>, required = false)]
    facts: Option<Context>,
}

/// What policy says, and why.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Explanation)]
pub(super) struct Explained {
    /// What the action does.
    will_happen: String,
    /// What policy says: which rules, which limits, which values.
    decision: DecisionView,
    /// Who has to agree where a person decides; absent where nobody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<ConsentView>,
    /// What the rules were told, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    facts: Option<Value>,
    /// The rules that the reasons come from; absent where the revision that judged is not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    rules: Option<Vec<RuleView>>,
    /// What other values would have led to: the fewest fields to the lowest tier that can be reached; absent where the
    /// revision that judged is not kept, empty where nothing helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<Vec<WayView>>,
    /// The lowest tier that an action of this type can have, whatever else is said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "LOW")]
    lowest: Option<String>,
}

/// A rule that says a reason.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleOrigin)]
struct RuleView {
    /// The reason's code.
    #[schema(example = "amount_over_limit")]
    code: String,
    /// The rule.
    #[schema(example = "royal.risk.finance.paying")]
    rule: String,
    /// Its file.
    #[schema(example = "royal/risk/finance.rego")]
    file: String,
    /// The line on which it begins.
    line: u32,
}

/// Who has to agree, and until when.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Consent)]
struct ConsentView {
    /// Roles that may decide.
    #[schema(value_type = Vec<String>)]
    roles: Vec<Role>,
    /// Distinct people who must agree.
    quorum: u32,
    /// Hours until it expires.
    hours: u32,
}

/// Fields with other values, and the tier that they would have led to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OtherWay)]
struct WayView {
    /// What would have to be different: all of it.
    changes: Vec<ChangeView>,
    /// The tier that it leads to.
    #[schema(example = "LOW")]
    tier: String,
}

/// A field that would have to be different.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WayChange)]
struct ChangeView {
    /// The field.
    #[schema(example = "action.amount_cents")]
    field: String,
    /// Its value; `null` where it is not known.
    value: Value,
    /// The nearest value that leads there.
    instead: Value,
}

/// Explains a decision: which rule, which limit, which value, and what would have needed less consent.
#[utoipa::path(post, path = "/policies/explain", operation_id = "explainPolicy", tag = "Policies",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[!-~]{1,255}$", description = "Accepted; asking changes nothing.")),
    request_body = Asked,
    responses((status = 200, description = "What policy says, and why.", body = Explained),
        (status = 404, description = "There is no such action.", body = crate::problem::ProblemView, content_type = "application/problem+json")))]
pub(super) async fn post(
    caller: Caller,
    _: IdempotencyKey,
    Language(lang): Language,
    Body(asked): Body<Asked>,
) -> Result<Response, Problem> {
    let permit = caller.may(Verb::ExplainPolicy, About::Nothing)?;
    Ok(spoken(Json(explain(&permit, asked, lang).await?).into_response(), lang))
}

/// What policy says of what was asked.
///
/// # Errors
/// When it is not one of the two that can be asked, or there is no such action.
async fn explain(permit: &Permit, asked: Asked, lang: Lang) -> Result<Explained, Problem> {
    match asked {
        Asked { id: Some(id), action: None, confidence: None, facts: None } => decided(permit, id, lang).await,
        Asked { id: None, action: Some(action), confidence, facts } => {
            imagined(permit, action, (confidence, facts), lang).await
        }
        Asked { id: Some(_), .. } => {
            let told = "an action that was proposed has its own facts";
            Err(Problem::field(Kind::Field, "id", told, "send nothing beside it, or send `action` instead"))
        }
        Asked { id: None, action: None, .. } => {
            let told = "there is nothing to explain";
            Err(Problem::field(Kind::Field, "action", told, "send an `action`, or the `id` of one"))
        }
    }
}

async fn decided(permit: &Permit, id: ActionId, lang: Lang) -> Result<Explained, Problem> {
    let row = permit.store().get::<Record>(&id.to_string()).await?;
    let record = row.ok_or_else(|| Problem::not_found("action", &id.to_string()))?.value;
    let seen = input_of(permit.store(), id).await?;
    let policy = revision(permit, &record.decision.revision).await.ok();
    Ok(Explained::new((&record.proposal.action, &record.decision), policy.as_deref(), seen, lang))
}

/// What the rules were told when they judged the action last, where that is kept.
async fn input_of(store: &Store, id: ActionId) -> Result<Option<Value>, Problem> {
    let links = store.links(&format!("ACTION#{id}"), &Cut::latest(LOOKED_AT)).await?;
    let Some(link) = links.items.iter().find(|link| link.is_judgement()) else { return Ok(None) };
    Ok(store.decision(link).await?.and_then(|event| event.input))
}

async fn imagined(
    permit: &Permit,
    action: Action,
    (confidence, facts): (Option<Confidence>, Option<Context>),
    lang: Lang,
) -> Result<Explained, Problem> {
    let policy = in_force(permit)?;
    let proposal = propose::draft(permit, &IdempotencyKey(None), action, Case::default())?;
    let proposal = Proposal { confidence, ..proposal };
    let weighed = judge::weigh(permit.store(), &policy, &proposal, permit.now()).await.map_err(unweighed)?;
    let mut seen: Value = serde_json::from_str(&weighed.input).unwrap_or_default();
    let decision = match facts {
        None => weighed.decision,
        Some(facts) => {
            assume(&mut seen, &facts);
            policy.judge_seen(&seen.to_string(), permit.now())
        }
    };
    Ok(Explained::new((&proposal.action, &decision), Some(&policy), Some(seen), lang))
}

/// Takes what was said for true.
fn assume(seen: &mut Value, facts: &Context) {
    let said = serde_json::to_value(facts).unwrap_or_default();
    if let (Some(Value::Object(context)), Value::Object(said)) = (seen.get_mut("context"), said) {
        context.extend(said);
    }
}

fn unweighed(error: Unweighed) -> Problem {
    match error {
        Unweighed::Store(error) => error.into(),
        Unweighed::NotCanonical(error) => Problem::new(Kind::Internal, error.to_string()),
    }
}

impl Explained {
    /// `policy` is the one that judged, where it is kept.
    fn new(
        (action, decision): (&Action, &Decision),
        policy: Option<&Policy>,
        facts: Option<Value>,
        lang: Lang,
    ) -> Self {
        let why = policy.zip(facts.as_ref()).map(|(policy, seen)| policy.explain_decision(seen, decision.clone()));
        let asked = matches!(decision.tier, domain::Tier::Ceo | domain::Tier::High);
        Self {
            will_happen: action.sentence(lang),
            decision: DecisionView::new(decision, lang),
            consent: asked.then(|| ConsentView::from(&decision.consent)),
            facts,
            rules: why.as_ref().map(rules),
            lowest: why.as_ref().and_then(|why| why.lowest).map(|tier| tier.to_string()),
            instead: why.map(|why| why.instead.into_iter().map(WayView::from).collect()),
        }
    }
}

impl From<&Consent> for ConsentView {
    fn from(consent: &Consent) -> Self {
        Self { roles: consent.roles.clone(), quorum: consent.quorum, hours: consent.hours }
    }
}

fn rules(why: &Explanation) -> Vec<RuleView> {
    let reasons = why.decision.reasons.iter().zip(&why.rules);
    let said = reasons.flat_map(|(reason, origins)| origins.iter().map(|origin| (reason.code.clone(), origin.clone())));
    said.map(|(code, Origin { rule, file, line })| RuleView { code, rule, file, line }).collect()
}

impl From<Way> for WayView {
    fn from(Way { changes, tier }: Way) -> Self {
        let view = |policy::Change { field, value, instead }| ChangeView { field, value, instead };
        Self { changes: changes.into_iter().map(view).collect(), tier: tier.to_string() }
    }
}
