//! Codes, sentences and figures.

use super::support::{POLICY, calm, in_force, judge, limit, sources};
use crate::{Finding, Rule, check, reasons, rules::scout};
use domain::{Action, Currency, text::Lang};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn sentences() -> Value {
    serde_json::from_str(include_str!("../reasons/sentences.json")).unwrap()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_code_of_the_rules_has_words_and_all_words_are_used() {
    let mut used = check::codes(&sources());
    used.insert("policy_error".to_owned());
    assert_eq!(keys(&sentences()["codes"]), used);
}

#[test]
fn both_languages_have_the_same_gaps() {
    let gaps = |text: &str| -> BTreeSet<&str> {
        ["{value}", "{threshold}", "{tier}"].into_iter().filter(|gap| text.contains(gap)).collect()
    };
    for (code, words) in sentences()["codes"].as_object().unwrap() {
        let (en, nl) = (words["en"].as_str().unwrap(), words["nl"].as_str().unwrap());
        assert_ne!(en, nl, "{code}");
        assert_eq!(gaps(en), gaps(nl), "{code}");
        assert!(en.ends_with('.') && nl.ends_with('.'), "{code}");
        assert!(reasons::known(code));
    }
}

#[test]
fn every_fact_that_can_be_missing_has_a_name() {
    let named = keys(&sentences()["facts"]);
    let required = Action::KINDS.iter().flat_map(|kind| POLICY.required(kind));
    let unnamed: Vec<_> = required.filter(|path| !named.contains(path)).collect();
    assert_eq!(unnamed, Vec::<String>::new());
    let scouted: scout::Output = POLICY.rule(Rule::Scout, &scout::Input::default()).unwrap();
    assert!(scouted.missing.iter().all(|name| named.contains(name)), "{:?}", scouted.missing);
}

#[test]
pub(super) fn a_reason_says_value_threshold_and_line() {
    let mut input = calm("expense.pay");
    input.action.amount_cents = Some(123_456_789);
    let decision = judge(&input);
    let most = limit("expense_pay.medium_up_to_cents");
    let (_, line) = in_force().limit("expense_pay.medium_up_to_cents").unwrap();
    let reason = &decision.reasons[0];
    assert_eq!(reason.code, "amount_over_limit");
    assert_eq!(reason.limit.as_deref(), Some("expense_pay.medium_up_to_cents"));
    assert_eq!(reason.value.as_deref(), Some("EUR 1234567.89"));
    assert_eq!(reason.threshold, Some(format!("EUR {}.{:02}", most / 100, most % 100)));
    assert_eq!(reason.line, Some(line));
    let en =
        format!("The amount of EUR 1,234,567.89 is over the limit of EUR 1,000.00. (thresholds.rego, line {line})");
    let nl = format!(
        "Het bedrag van EUR 1.234.567,89 is hoger dan de grens van EUR 1.000,00. (thresholds.rego, regel {line})"
    );
    assert_eq!((reason.en.as_str(), reason.nl.as_str()), (en.as_str(), nl.as_str()));
    let text = std::fs::read_to_string(super::support::dir().join("royal/thresholds.rego")).unwrap();
    let named = text.lines().nth(usize::try_from(line).unwrap() - 1).unwrap();
    assert!(named.contains("\"medium_up_to_cents\": 100000"), "{named}");
}

#[test]
pub(super) fn a_fact_is_compared_in_the_actions_own_currency() {
    let finding: Finding =
        serde_json::from_value(json!({"code": "market_below_floor", "value": 1100, "than": 1177})).unwrap();
    let dollars: Currency = "USD".parse().unwrap();
    assert_eq!(
        POLICY.sentences_in(dollars, std::slice::from_ref(&finding), Lang::En),
        "The market pays USD 11.00, and below USD 11.77 the margin is gone."
    );
    assert!(POLICY.sentences(&[finding], Lang::Nl).contains("EUR 11,00"));
}

#[test]
fn text_from_outside_comes_out_inert() {
    let finding: Finding = serde_json::from_value(json!({
        "code": "reason_unknown",
        "value": format!("a\u{202e}b\u{200b}c\u{1b}[31m\n{}", "x".repeat(500)),
    }))
    .unwrap();
    let said = POLICY.sentences(&[finding], Lang::En);
    assert!(said.starts_with("“abc[31mxxx"), "{said}");
    assert!(said.chars().count() < 260, "{said}");
}

#[test]
fn reasons_are_the_worst_first_and_leave_out_what_is_low() {
    let mut input = calm("refund.issue");
    input.action.amount_cents = Some(limit("refund_issue.ceo_up_to_cents") + 1);
    let tiers: Vec<_> = judge(&input).reasons.iter().map(|reason| reason.tier.to_string()).collect();
    assert_eq!(tiers, ["HIGH", "CEO"]);
}
