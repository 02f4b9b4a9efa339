//! What differs between two policies, in words.

use super::support::{POLICY, edited};
use crate::{Differs, Policy};

fn after(file: &str, from: &str, to: &str) -> Differs {
    POLICY.differs(&Policy::compile(&edited(file, from, to)).unwrap_or_else(|cause| panic!("{cause}")))
}

fn told(differs: &Differs) -> Vec<String> {
    let entries = differs.entries.iter().map(ToString::to_string);
    entries.chain(differs.rules.iter().map(ToString::to_string)).collect()
}

#[test]
fn a_number_an_entry_and_a_rule_are_told_each_in_its_way() {
    let number = after("royal/thresholds.rego", "\"after_hours\": 72", "\"after_hours\": 100");
    assert_eq!((number.numbers[0].from, number.numbers[0].to), (Some(72), Some(100)));
    assert_eq!((number.numbers.len(), told(&number).len()), (1, 0));
    let word = after("royal/lists.rego", "\t\"weapon\",\n", "");
    assert_eq!(told(&word), ["lists.restricted_categories: \"weapon\" is gone"]);
    let right = after("royal/rights.rego", "\"audit.export\": [\"owner\"", "\"audit.export\": [\"owner\", \"finance\"");
    assert_eq!(told(&right), ["rights.verbs.audit.export: \"finance\" is new"]);
    let rule = after("royal/risk/common.rego", "if input.context.stopped", "if input.context.stopped == true");
    let text = told(&rule).join("");
    assert!(text.starts_with("`royal/risk/common.rego`: the rule `findings` is another"), "{text}");
    assert!(text.contains("+ findings contains {\"tier\": \"HIGH\", \"code\": \"stopped\"}"), "{text}");
    assert_eq!(rule.rules.len(), 1);
}

#[test]
fn another_order_of_those_who_are_asked_is_a_difference() {
    let order = after(
        "royal/actions.rego",
        "\"approvers\": [\"marketing\", \"owner\"]",
        "\"approvers\": [\"owner\", \"marketing\"]",
    );
    assert_eq!(
        told(&order),
        ["actions.rows.ad.variant.start.approvers: [\"marketing\",\"owner\"] becomes [\"owner\",\"marketing\"]"]
    );
}

#[test]
fn a_remark_is_no_difference() {
    let package = "package royal.risk.common\n";
    let remark = after("royal/risk/common.rego", package, &format!("{package}\n# more\n"));
    assert!(remark.is_none() && remark.from != remark.to, "{remark:?}");
    assert!(POLICY.differs(&POLICY).is_none());
}
