//! Who notices a mistake.

use super::{
    super::{apart, boundaries, cases, support, tables, tiers, words},
    make::Mutant,
};
use crate::{File, Policy, source::Source, tested};
use regorus::Engine;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

/// What noticed a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Killed {
    /// The check that every policy passes before it is loaded.
    Check,
    /// A test beside the rules.
    Beside,
    /// A golden decision, or a test of tiers and limits.
    Decisions,
}

impl Killed {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Check => "the check",
            Self::Beside => "the tests beside the rules",
            Self::Decisions => "golden decisions and tests of tiers",
        }
    }
}

/// Tests that ask the policy in force, and are quick.
const ASKED: [fn(); 23] = [
    cases::golden_decisions_hold,
    boundaries::tiers_change_exactly_at_each_limit,
    boundaries::facts_that_are_no_limits_have_their_edge_too,
    tiers::every_type_has_a_row_and_every_row_a_type,
    tiers::with_every_fact_known_and_calm_each_type_has_its_lowest_tier,
    tiers::only_the_clusters_whose_job_it_is_get_the_lowest_tier,
    tiers::an_agent_that_changes_the_rules_or_rights_is_denied,
    tiers::rules_rights_and_a_lifted_stop_need_two_people,
    tiers::without_context_only_what_needs_none_runs_unattended,
    tiers::without_any_fact_nothing_that_moves_money_runs_unattended,
    tiers::each_required_fact_that_is_absent_makes_it_high,
    tiers::what_holds_for_all_raises_every_type_to_a_person,
    tiers::words_are_listed_as_the_rules_compare_them,
    tiers::only_people_are_asked_to_decide,
    tiers::what_can_be_undone_is_reversible,
    apart::an_alarm_is_heard_by_the_types_that_it_concerns_and_by_no_other,
    apart::this_one_is_counted_in,
    apart::percentages_are_rounded_to_the_side_that_explains_the_tier,
    apart::figures_that_cannot_be_right_ask_a_person_each_by_itself,
    apart::a_price_and_a_cost_of_nothing_have_no_margin_to_be_on_target_with,
    tables::spending_is_summed_by_target_and_where_it_matters_by_agent,
    words::a_reason_says_value_threshold_and_line,
    words::a_fact_is_compared_in_the_actions_own_currency,
];

/// Everything that can notice one.
pub(super) struct Killer {
    sources: Vec<Source>,
    tests: Vec<File>,
}

impl Killer {
    pub(super) fn new(sources: &[Source], tests: &[File]) -> Self {
        Self { sources: sources.to_vec(), tests: tests.to_vec() }
    }

    pub(super) fn kills(&self, mutant: &Mutant) -> Option<Killed> {
        let mut sources = self.sources.clone();
        let file = sources.iter_mut().find(|source| source.name == mutant.file).unwrap();
        file.text.clone_from(&mutant.text);
        let Ok(mut engine) = tested::engine(&sources) else { return Some(Killed::Check) };
        if !self.tests_hold(&mut engine, &mutant.file) {
            return Some(Killed::Beside);
        }
        let Ok(policy) = Policy::compile(&sources) else { return Some(Killed::Check) };
        let policy = Arc::new(policy);
        let noticed = |ask: &fn()| support::instead(&policy, || catch_unwind(AssertUnwindSafe(ask)).is_err());
        ASKED.iter().any(noticed).then_some(Killed::Decisions)
    }

    /// Those of the same file first, and alone: most mistakes are noticed there.
    fn tests_hold(&self, engine: &mut Engine, file: &str) -> bool {
        let beside = file.replace(".rego", "_test.rego");
        let (near, far): (Vec<&File>, Vec<&File>) = self.tests.iter().partition(|test| test.name == beside);
        let hold = |engine: &mut Engine, files: &[&File]| {
            let files: Vec<File> = files.iter().map(|file| (*file).clone()).collect();
            let Ok(tests) = tested::add(engine, &files) else { return false };
            tests.iter().all(|test| tested::holds(engine, test).is_ok())
        };
        hold(engine, &near) && hold(engine, &far)
    }
}
