//! Every action type, against the table it was built from.

use super::support::{calm, codes, in_force, judge, tier};
use crate::{AgentFacts, Context, Input};
use domain::{Action, Role, Tier};

/// The lowest tier of each type, and the clusters that may propose it.
const TABLE: [(&str, Tier, &[&str]); 35] = [
    ("budget.adjust", Tier::Low, &["marketing", "finance", "ceo"]),
    ("ad.variant.start", Tier::Low, &["marketing"]),
    ("campaign.launch", Tier::Medium, &["marketing"]),
    ("campaign.scale", Tier::Low, &["marketing"]),
    ("campaign.pause", Tier::Low, &["marketing", "finance", "ceo"]),
    ("inventory.restock", Tier::Low, &["product"]),
    ("inventory.set", Tier::Low, &["product"]),
    ("price.change", Tier::Low, &["product"]),
    ("product.publish", Tier::Medium, &["product"]),
    ("product.unpublish", Tier::Low, &["product", "ceo"]),
    ("supplier.onboard", Tier::High, &["product"]),
    ("supplier.flag", Tier::Medium, &["product"]),
    ("support.reply", Tier::Low, &["customer"]),
    ("refund.issue", Tier::Low, &["customer"]),
    ("compensation.offer", Tier::Low, &["customer"]),
    ("review.request", Tier::Low, &["customer"]),
    ("review.reply", Tier::Low, &["customer"]),
    ("email.send", Tier::Low, &["customer"]),
    ("retention.offer", Tier::Low, &["customer"]),
    ("content.publish", Tier::Medium, &["marketing"]),
    ("influencer.contact", Tier::Ceo, &["marketing"]),
    ("order.fulfill", Tier::Low, &["finance"]),
    ("order.ship", Tier::Low, &["finance"]),
    ("order.track", Tier::Low, &["finance"]),
    ("order.hold", Tier::Low, &["finance", "customer"]),
    ("order.release", Tier::Medium, &["finance"]),
    ("order.cancel", Tier::High, &["finance", "customer"]),
    ("expense.pay", Tier::Low, &["finance"]),
    ("tax.report.file", Tier::High, &["finance"]),
    ("goal.set", Tier::Low, &["ceo"]),
    ("strategy.pivot", Tier::High, &["ceo"]),
    ("market.enter", Tier::High, &["ceo"]),
    ("policy.publish", Tier::High, &[]),
    ("control.resume", Tier::High, &[]),
    ("access.grant", Tier::High, &[]),
];

const CLUSTERS: [&str; 7] = ["product", "marketing", "customer", "finance", "insight", "ceo", "clock"];

fn by(cluster: &str, mut input: Input) -> Input {
    input.agent = AgentFacts { name: format!("{cluster}-x"), cluster: cluster.to_owned(), probation: false };
    input
}

#[test]
pub(super) fn every_type_has_a_row_and_every_row_a_type() {
    let rows: Vec<_> = TABLE.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(rows, Action::KINDS);
    let mut written: Vec<String> = in_force().kinds();
    let mut kinds: Vec<_> = Action::KINDS.iter().map(ToString::to_string).collect();
    written.sort();
    kinds.sort();
    assert_eq!(written, kinds, "policies/royal/actions.rego and the action types differ");
}

#[test]
pub(super) fn with_every_fact_known_and_calm_each_type_has_its_lowest_tier() {
    for (kind, lowest, _) in TABLE {
        let decision = judge(&calm(kind));
        assert_eq!(decision.tier, lowest, "{kind}: {:?}", codes(&decision));
    }
}

#[test]
pub(super) fn only_the_clusters_whose_job_it_is_get_the_lowest_tier() {
    for (kind, lowest, clusters) in TABLE {
        for cluster in CLUSTERS {
            let decision = judge(&by(cluster, calm(kind)));
            if clusters.contains(&cluster) {
                assert_eq!(decision.tier, lowest, "{kind} by {cluster}");
            } else {
                assert!(decision.tier >= Tier::High, "{kind} by {cluster}");
                assert!(codes(&decision).contains(&"not_its_job"), "{kind} by {cluster}");
            }
        }
    }
}

#[test]
pub(super) fn an_agent_that_changes_the_rules_or_rights_is_denied() {
    for kind in ["policy.publish", "access.grant"] {
        for cluster in CLUSTERS {
            assert_eq!(tier(&by(cluster, calm(kind))), Tier::Denied, "{kind} by {cluster}");
        }
    }
}

#[test]
pub(super) fn rules_rights_and_a_lifted_stop_need_two_people() {
    for kind in Action::KINDS {
        let quorum = judge(&calm(kind)).consent.quorum;
        let two = ["policy.publish", "control.resume", "access.grant"].contains(kind);
        assert_eq!(quorum, if two { 2 } else { 1 }, "{kind}");
    }
}

#[test]
pub(super) fn without_context_only_what_needs_none_runs_unattended() {
    for (kind, lowest, _) in TABLE {
        let mut input = calm(kind);
        input.context = Context { unwatched_hours: Some(0), ..Context::default() };
        let expected = match kind {
            "campaign.pause" | "order.hold" | "order.track" | "review.reply" => Tier::Low,
            // The action and the agent's confidence say all there is.
            "support.reply" | "goal.set" => Tier::Low,
            "supplier.flag" => Tier::Medium,
            // Nothing is known of an inverse where there is a window to undo it in.
            "influencer.contact" => Tier::Ceo,
            _ => Tier::High,
        };
        assert_eq!(tier(&input), expected, "{kind}");
        assert!(expected >= lowest, "{kind}");
    }
}

#[test]
pub(super) fn without_any_fact_nothing_that_moves_money_runs_unattended() {
    for kind in Action::KINDS {
        let mut input = Input { agent: calm(kind).agent, ..Input::default() };
        input.action.kind = (*kind).to_owned();
        // That nobody is known to watch makes it MEDIUM, and only an answer to a review, and asking where a parcel is,
        // need no undoing then.
        assert_eq!(tier(&input) <= Tier::Medium, ["review.reply", "order.track"].contains(kind), "{kind}");
        input.context.unwatched_hours = Some(0);
        let unattended = ["campaign.pause", "order.hold", "order.track", "review.reply", "supplier.flag"];
        assert_eq!(tier(&input) <= Tier::Medium, unattended.contains(kind), "{kind}");
    }
}

#[test]
pub(super) fn each_required_fact_that_is_absent_makes_it_high() {
    for kind in Action::KINDS {
        for path in in_force().required(kind) {
            let decision = judge(&without(calm(kind), &path));
            assert!(decision.tier >= Tier::High, "{kind} without {path}: {}", decision.tier);
            assert!(codes(&decision).contains(&"fact_missing"), "{kind} without {path}");
        }
    }
}

/// The input without one of its facts.
fn without(mut input: Input, path: &str) -> Input {
    let (action, context) = (&mut input.action, &mut input.context);
    match path {
        "action.amount_cents" => action.amount_cents = None,
        "action.currency" => action.currency = None,
        "action.new_price_cents" => action.new_price_cents = None,
        "action.cost_cents" => action.cost_cents = None,
        "action.category" => action.category = None,
        "action.quantity" => action.quantity = None,
        "action.recipients" => action.recipients = None,
        "action.reason" => action.reason = None,
        "action.country" => action.country = None,
        "action.old_goal" => action.old_goal = None,
        "action.new_goal" => action.new_goal = None,
        "confidence" => input.confidence = None,
        "context.similar_24h_cents" => context.similar_24h_cents = None,
        "context.budget_overflow" => context.budget_overflow = None,
        "context.campaign_budget_left_cents" => context.campaign_budget_left_cents = None,
        "context.supplier_known" => context.supplier_known = None,
        "context.supplier_proven" => context.supplier_proven = None,
        "context.usual_quantity" => context.usual_quantity = None,
        "context.price_24h_ago_cents" => context.price_24h_ago_cents = None,
        "context.price_changes_24h" => context.price_changes_24h = None,
        "context.unpublished_24h" => context.unpublished_24h = None,
        "context.order_paid_cents" => context.order_paid_cents = None,
        "context.refunds_30d" => context.refunds_30d = None,
        "context.consented" => context.consented = None,
        "context.within_frequency" => context.within_frequency = None,
        "context.offers_customer_cents" => context.offers_customer_cents = None,
        "context.fraud_band" => context.fraud_band = None,
        "context.order_was_high" => context.order_was_high = None,
        "context.order_held" => context.order_held = None,
        other => panic!("{other} is required, and this test does not know it"),
    }
    input
}

/// A code, and what makes the rules say it.
type Doubt = (&'static str, fn(&mut Input));

#[test]
pub(super) fn what_holds_for_all_raises_every_type_to_a_person() {
    let doubts: [Doubt; 6] = [
        ("irreversible", |input| input.action.irreversible = true),
        ("probation", |input| input.agent.probation = true),
        ("stopped", |input| input.context.stopped = Some(true)),
        ("budget_overflow", |input| input.context.budget_overflow = Some(vec!["store/day".to_owned()])),
        ("no_rate", |input| input.action.currency = Some("USD".to_owned())),
        ("field_malformed", |input| input.action.recipients = Some(-1)),
    ];
    for kind in Action::KINDS {
        for (code, doubt) in doubts {
            let mut input = calm(kind);
            doubt(&mut input);
            let decision = judge(&input);
            assert_eq!(decision.tier, Tier::High, "{kind}: {code}");
            assert!(codes(&decision).contains(&code), "{kind}: {code}");
        }
    }
}

#[test]
pub(super) fn words_are_listed_as_the_rules_compare_them() {
    let policy = in_force();
    let lists = policy.table("lists");
    for (list, words) in lists.as_object().unwrap() {
        for word in words.as_array().unwrap().iter().filter_map(serde_json::Value::as_str) {
            let fits = |c: char| match list.as_str() {
                "sanctioned_countries" => c.is_ascii_uppercase(),
                "restricted_categories" | "resale_categories" => c.is_ascii_lowercase() || c == ' ',
                _ => c.is_ascii_lowercase() || c == '_',
            };
            assert!(!word.is_empty() && word.chars().all(fits), "{list}: {word}");
        }
    }
}

#[test]
pub(super) fn only_people_are_asked_to_decide() {
    for kind in Action::KINDS {
        let consent = judge(&calm(kind)).consent;
        assert!(!consent.roles.is_empty(), "{kind}");
        assert!(!consent.roles.contains(&Role::Agent) && !consent.roles.contains(&Role::Auditor), "{kind}");
    }
}

#[test]
pub(super) fn what_can_be_undone_is_reversible() {
    let windows: std::collections::BTreeMap<String, u32> = in_force().thresholds("undo_minutes").unwrap();
    let listed = |kind: &&&str| windows.contains_key(**kind);
    let medium = TABLE.iter().filter(|(_, lowest, _)| *lowest == Tier::Medium).map(|(kind, ..)| kind);
    let without_inverse = ["supplier.flag"];
    for kind in medium.filter(|kind| !without_inverse.contains(kind)) {
        assert!(listed(&kind), "{kind} is MEDIUM and has no undo window");
    }
}
