//! What others read from the tables, and tables that are refused.

use super::support::{edited, in_force};
use crate::{Policy, PolicyError, SplitBy};

const THRESHOLDS: &str = "royal/thresholds.rego";
const RIGHTS: &str = "royal/rights.rego";
const ACTIONS: &str = "royal/actions.rego";

fn with(file: &str, from: &str, to: &str) -> Policy {
    Policy::compile(&edited(file, from, to)).unwrap_or_else(|cause| panic!("{cause}"))
}

#[test]
pub(super) fn spending_is_summed_by_target_and_where_it_matters_by_agent() {
    for kind in ["expense.pay", "budget.adjust", "campaign.launch", "campaign.scale", "influencer.contact"] {
        assert_eq!(in_force().split_by(kind), [SplitBy::Target, SplitBy::Agent], "{kind}");
    }
    for kind in ["refund.issue", "inventory.restock", "teleport"] {
        assert_eq!(in_force().split_by(kind), [SplitBy::Target], "{kind}");
    }
    assert_eq!(Policy::none().split_by("expense.pay"), [SplitBy::Target]);
}

#[test]
fn a_person_is_known_by_claim_by_table_or_by_account() {
    let policy = with(RIGHTS, "same_person := {}", "same_person := {\"ann.private\": \"ann\"}");
    assert_eq!(policy.human(None, "Ann.Private"), "ann");
    assert_eq!(policy.human(None, "Bob"), "bob");
    assert_eq!(policy.human(Some("P-1"), "bob"), "p-1");
    assert_eq!(policy.human(Some("ann.private"), "bob"), "ann");
    assert_eq!(Policy::none().human(None, "Bob"), "bob");
}

#[test]
fn tables_that_would_make_a_budget_a_role_or_a_person_silent_are_refused() {
    let default = "\"default\": {\"hour_cents\": 100000, \"day_cents\": 150000, \"week_cents\": 600000},";
    let cases = [
        (THRESHOLDS, default, "", "`budget_agents.default` is gone"),
        (THRESHOLDS, default, "\"default\": {\"hour_cents\": 1},", "the three limits of a budget"),
        (THRESHOLDS, "\"hour_cents\": 200000", "\"hours_cents\": 200000", "the three limits of a budget"),
        (THRESHOLDS, "\"hour_cents\": 200000", "\"hour_cents\": 500001", "is above `day_cents` (500000)"),
        (THRESHOLDS, "\"insight\": {", "\"inside\": {", "`inside` has no budget"),
        (THRESHOLDS, "budget_campaigns := {", "budget_campaign := {", "`budget_campaigns.default` is gone"),
        (THRESHOLDS, "\"after_hours\": 72", "\"after_hours\": 0", "`dead_man.after_hours` is 0"),
        (
            THRESHOLDS,
            "\"reject_cooldown_minutes\": 1440",
            "\"reject_minutes\": 1440",
            "`approval.reject_cooldown_minutes` is gone",
        ),
        (THRESHOLDS, "\"policy.publish\": 2", "\"policy.publish\": 1", "`approval_people.policy.publish` is 1"),
        (THRESHOLDS, "\"control.resume\": 2,", "", "`approval_people.control.resume` is gone"),
        (RIGHTS, "same_person := {}", "same_person := {\"Ann\": \"bob\"}", "not in lower case"),
        (RIGHTS, "same_person := {}", "same_person := {\"ann\": \" \"}", "not in lower case, or blank"),
        (RIGHTS, "same_person := {}", "same_person := {\"a\": \"b\", \"b\": \"c\"}", "an account of somebody else"),
        (RIGHTS, "\t\"goals.propose\",\n", "\t\"goal.propose\",\n", "`goal.propose` is no verb"),
        (RIGHTS, "\"audit.export\": [\"owner\"", "\"audit.export\": [\"onwer\"", "`onwer` is no role"),
        (ACTIONS, "\"approvers\": [\"finance\"", "\"approvers\": [\"auditor\"", "`auditor` is no role that decides"),
        (ACTIONS, "\"escalation\": [\"owner\"]", "\"escalation\": [\"support\"]", "asks `support` when time runs out"),
        (ACTIONS, "\"split_by\": [\"target\"", "\"split_by\": [\"payee\"", "`split_by` of `budget.adjust`"),
        (ACTIONS, "\"split_by\": [\"target\", \"agent\"]", "\"split_by\": []", "`split_by` of `budget.adjust`"),
    ];
    for (file, from, to, what) in cases {
        match Policy::compile(&edited(file, from, to)) {
            Err(PolicyError::Broken(problems)) => {
                assert!(problems.iter().any(|problem| problem.what.contains(what)), "`{to}`: {problems:?}");
            }
            other => panic!("`{to}`: {:?}", other.map(|_| "accepted")),
        }
    }
}
