//! Whatever breaks, the answer is HIGH.

use super::support::{POLICY, calm, edited, sources};
use crate::{Policy, PolicyError, Rule, rules::scout};
use domain::{Decision, Role, Tier};
use serde_json::Value;
use time::OffsetDateTime;

const RISK: &str = "royal/risk.rego";

/// The decision of the policy with one edit, about an action that is LOW without it.
fn after(file: &str, from: &str, to: &str) -> Decision {
    let policy = Policy::compile_unjudged(&edited(file, from, to)).unwrap_or_else(|e| panic!("{e}"));
    policy.judge(&calm("order.hold"), OffsetDateTime::UNIX_EPOCH)
}

fn is_refused(decision: &Decision, cause: &str) {
    assert_eq!(decision.tier, Tier::High, "{cause}");
    let codes: Vec<_> = decision.reasons.iter().map(|reason| reason.code.as_str()).collect();
    assert_eq!(codes, ["policy_error"], "{cause}");
    assert_eq!(decision.consent.roles, [Role::Owner], "{cause}");
    assert!(decision.consent.quorum > 0 && decision.consent.hours > 0, "{cause}");
    assert_eq!(decision.undo_minutes, 0, "{cause}");
    assert_eq!(decision.input.len(), 64, "{cause}");
}

#[test]
fn every_way_an_answer_can_be_unusable_is_high() {
    let loops = "busy contains [a, b, c, d] if {\n\tsome a in lists.brand_topics\n\tsome b in lists.brand_topics\n\t\
        some c in lists.brand_topics\n\tsome d in lists.brand_topics\n}\n\ndefault tier := \"HIGH\"";
    let cases = [
        (
            "no answer",
            RISK,
            "verdict := {\"tier\": attended",
            "verdict := {} if false\n\nformer := {\"tier\": attended",
        ),
        ("an unknown tier", RISK, "worst := \"LOW\" if {", "worst := \"SOMETIMES\" if {"),
        ("a tier that no finding asks for", RISK, "worst := \"LOW\" if {", "worst := \"MEDIUM\" if {"),
        (
            "a file of rules that is not there",
            "royal/actions.rego",
            "\"order.hold\": {\n\t\t\"rules\": \"finance\"",
            "\"order.hold\": {\n\t\t\"rules\": \"fnance\"",
        ),
        ("no consent", "royal/approvals.rego", "\"consent\": consent, ", ""),
        ("a finding without a tier", "royal/risk/common.rego", "{\"tier\": row.from, ", "{"),
        ("nobody to ask", "royal/approvals.rego", "\"roles\": row.approvers", "\"roles\": []"),
        ("an auditor to ask", "royal/approvals.rego", "\"roles\": row.approvers", "\"roles\": [\"auditor\"]"),
        ("no people", "royal/approvals.rego", "\"quorum\": object", "\"quorum\": 0 * object"),
        (
            "an auditor to ask later",
            "royal/approvals.rego",
            "\"escalation\": row.escalation",
            "\"escalation\": [\"auditor\"]",
        ),
        ("no time", "royal/approvals.rego", "\"hours\": hours", "\"hours\": 0"),
        ("a fraction of a person", "royal/approvals.rego", "\"quorum\": object", "\"quorum\": 0.5 * object"),
        ("a text for a number", "royal/approvals.rego", "\"hours\": hours", "\"hours\": \"24\""),
        ("a field too many", RISK, "\"tier\": attended,", "\"tier\": attended, \"score\": 1,"),
        ("two answers", RISK, "default tier", "worst := \"HIGH\" if input.agent\n\ndefault tier"),
        ("an error", RISK, "\"findings\": findings}", "\"findings\": findings / 0}"),
        ("a text added", RISK, "\"findings\": findings}", "\"findings\": sum(input.agent.name)}"),
    ];
    for (cause, file, from, to) in cases {
        is_refused(&after(file, from, to), cause);
    }
    let busy = edited(RISK, "default tier := \"HIGH\"", loops);
    let mut busy: Vec<_> = busy;
    for source in &mut busy {
        if source.name == RISK {
            source.text =
                source.text.replace("import data.royal.actions", "import data.royal.actions\nimport data.royal.lists");
            source.text = source.text.replace("\"tier\": attended", "\"busy\": count(busy), \"tier\": attended");
        }
    }
    let policy = Policy::compile_unjudged(&busy).unwrap_or_else(|e| panic!("{e}"));
    let decision = policy.judge(&calm("order.hold"), OffsetDateTime::UNIX_EPOCH);
    is_refused(&decision, "a rule without end");
    assert!(decision.reasons[0].en.contains("instruction limit"), "{}", decision.reasons[0].en);
}

#[test]
fn the_longest_judgement_leaves_most_of_the_budget() {
    let steps = crate::program::BUDGET / 5;
    for kind in domain::Action::KINDS {
        let mut input = calm(kind);
        input.action.amount_cents = Some(1_000_000);
        input.action.new_price_cents = Some(1);
        input.context.similar_24h_cents = Some(1_000_000);
        let judged = serde_json::to_string(&crate::input::Judged::from(&input)).unwrap();
        let seen = regorus::Value::from_json_str(&judged).unwrap();
        assert!(POLICY.answers_within(Rule::Risk, steps, seen), "{kind}");
    }
}

#[test]
fn without_any_policy_everything_is_high_and_no_rule_answers() {
    let none = Policy::none();
    is_refused(&none.judge(&calm("order.hold"), OffsetDateTime::UNIX_EPOCH), "no policy");
    let answer = none.rule::<_, scout::Output>(Rule::Scout, &scout::Input::default());
    assert!(matches!(answer, Err(PolicyError::NoAnswer { .. })));
    assert!(matches!(none.thresholds::<Value>("scout"), Err(PolicyError::Thresholds { .. })));
}

#[test]
fn a_rule_that_needs_itself_is_refused_before_it_can_run() {
    let cases = [
        ("worst := \"LOW\" if {", "worst := worst if input.agent\n\nworst := \"LOW\" if {"),
        ("default tier", "a := b if input.agent\n\nb := a if input.agent\n\ndefault tier"),
        ("default tier", "f(n) := g(n)\n\ng(n) := f(n)\n\ndefault tier"),
        ("default tier", "h := data.royal.risk.decision.tier\n\ndefault tier"),
    ];
    for (from, to) in cases.iter().take(3) {
        let refused = Policy::compile(&edited(RISK, from, to)).unwrap_err().to_string();
        assert!(refused.contains("needs itself"), "{refused}");
    }
    let across =
        edited("royal/approvals.rego", "hours := ", "circle := data.royal.risk.decision\n\nhours := circle.x + ");
    let refused = Policy::compile(&across).unwrap_err().to_string();
    assert!(refused.contains("needs itself"), "{refused}");
}

#[test]
fn figures_and_texts_that_cannot_be_right_are_taken_out_and_named() {
    let kinds = ["expense.pay", "refund.issue", "campaign.pause"];
    let hostile = [i64::MIN, -1, 10_000_000_000_001, i64::MAX];
    for kind in kinds {
        for figure in hostile {
            let mut input = calm(kind);
            input.action.amount_cents = Some(figure);
            let decision = POLICY.judge(&input, OffsetDateTime::UNIX_EPOCH);
            assert_eq!(decision.tier, Tier::High, "{kind} of {figure}");
            assert!(decision.reasons.iter().any(|reason| reason.code == "field_malformed"), "{kind} of {figure}");
        }
    }
    let texts: [&dyn Fn(&mut crate::Input); 6] = [
        &|input| input.action.category = Some("we\u{200b}apon".to_owned()),
        &|input| input.action.category = Some("wеapon with a Cyrillic letter".to_owned()),
        &|input| input.action.category = Some("x".repeat(1_000_000)),
        &|input| input.action.currency = Some("eur".to_owned()),
        &|input| input.action.country = Some("Nederland".to_owned()),
        &|input| input.context.topics = vec!["x".repeat(1_000_000)],
    ];
    for (at, text) in texts.iter().enumerate() {
        let mut input = calm("product.publish");
        text(&mut input);
        let decision = POLICY.judge(&input, OffsetDateTime::UNIX_EPOCH);
        assert_eq!(decision.tier, Tier::High, "text {at}");
        assert!(decision.reasons.iter().any(|reason| reason.code == "field_malformed"), "text {at}");
    }
}

#[test]
fn a_blank_category_is_an_unknown_one() {
    let mut input = calm("product.publish");
    input.action.category = Some("  ".to_owned());
    let decision = POLICY.judge(&input, OffsetDateTime::UNIX_EPOCH);
    assert_eq!(decision.tier, Tier::High);
    assert!(decision.reasons.iter().any(|reason| reason.code == "fact_missing"));
}

#[test]
fn the_same_files_have_the_same_revision_and_any_edit_another() {
    assert_eq!(crate::source::revision(&sources()), POLICY.revision());
    let other = edited("royal/thresholds.rego", "10000", "10001");
    assert_ne!(crate::source::revision(&other), POLICY.revision());
}

#[test]
fn the_same_input_has_the_same_digest_and_any_fact_another() {
    let digest = |input: &crate::Input| POLICY.judge(input, OffsetDateTime::UNIX_EPOCH).input;
    let input = calm("expense.pay");
    let mut other = input.clone();
    other.context.similar_24h_cents = Some(1);
    assert_eq!(digest(&input), digest(&input.clone()));
    assert_ne!(digest(&input), digest(&other));
}
