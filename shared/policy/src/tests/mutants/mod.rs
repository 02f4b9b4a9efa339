//! Whether the tests would notice a wrong rule.
//!
//! One small mistake at a time is made in the rules: a limit moved by one, a comparison turned, a rule, a
//! statement or a `not` taken out, a constant changed. Then the tests beside the rules, the golden
//! decisions and the tests of tiers and limits run in this process. A mistake that none of them notices is
//! named, and has to be listed in `survivors.json` with the reason why no test can.

mod kill;
mod make;

use super::support::{dir, sources};
use crate::tested;
use kill::{Killed, Killer};
use make::Mutant;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The least share of mistakes that are noticed, in tenths of a percent.
const LEAST: usize = 950;
/// Of so many mistakes the ordinary run tries one.
const ONE_OF: usize = 64;
/// What finance, operations and legal choose: no test can know better. What a change of it does is for the sweep
/// to tell.
const CHOSEN: [&str; 2] = ["royal/thresholds.rego", "royal/lists.rego"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Survivors {
    reason: String,
    mutants: Vec<String>,
}

fn survivors() -> BTreeMap<String, String> {
    let listed: Vec<Survivors> = serde_json::from_str(include_str!("survivors.json")).unwrap();
    let each = |Survivors { reason, mutants }| mutants.into_iter().map(move |mutant| (mutant, reason.clone()));
    listed.into_iter().flat_map(each).collect()
}

/// All mutants of all rules, and of all tables but those whose numbers and words are there to be changed.
fn all() -> Vec<Mutant> {
    let files = sources().into_iter().filter(|source| !CHOSEN.contains(&source.name.as_str()));
    files.flat_map(|source| make::mutants(&source)).collect()
}

/// What became of each of them: who noticed it.
fn run(mutants: &[Mutant]) -> Vec<(&Mutant, Option<Killed>)> {
    let killer = Killer::new(&sources(), &tested::read(&dir()).unwrap());
    let loud = std::panic::take_hook();
    // Tests that notice something panic, thousands of times.
    std::panic::set_hook(Box::new(|_| {}));
    let found = (1..).zip(mutants).map(|(at, mutant)| {
        let killed = killer.kills(mutant);
        if at % 100 == 0 {
            println!("{at} of {}", mutants.len());
        }
        (mutant, killed)
    });
    let found = found.collect();
    std::panic::set_hook(loud);
    found
}

fn alive(found: &[(&Mutant, Option<Killed>)]) -> Vec<String> {
    found.iter().filter(|(_, killed)| killed.is_none()).map(|(mutant, _)| mutant.to_string()).collect()
}

#[test]
fn a_sample_of_small_mistakes_in_the_rules_is_noticed() {
    let sample: Vec<Mutant> = all().into_iter().skip(7).step_by(ONE_OF).collect();
    let found = run(&sample);
    let listed = survivors();
    let unknown: Vec<_> = alive(&found).into_iter().filter(|mutant| !listed.contains_key(mutant)).collect();
    assert!(unknown.is_empty(), "no test notices:\n{}", unknown.join("\n"));
    assert!(sample.len() > 30, "only {} mistakes were made", sample.len());
}

#[test]
fn every_survivor_is_still_a_mistake_that_can_be_made_and_has_a_reason() {
    let made: std::collections::BTreeSet<String> = all().iter().map(ToString::to_string).collect();
    for (mutant, reason) in survivors() {
        assert!(made.contains(&mutant), "{mutant} is made no more: take it off the list");
        assert!(reason.len() > 20, "{mutant} has no reason");
    }
}

#[test]
#[ignore = "minutes: run by `just mutate-policy`"]
fn all_small_mistakes_in_the_rules_are_noticed_but_those_listed() {
    let mutants = all();
    let found = run(&mutants);
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, killed) in &found {
        *by.entry(killed.map_or("nobody", Killed::name)).or_default() += 1;
    }
    let alive = alive(&found);
    println!("{} mistakes, noticed by {by:?}", mutants.len());
    let listed = survivors();
    let unknown: Vec<_> = alive.iter().filter(|mutant| !listed.contains_key(*mutant)).collect();
    for mutant in &unknown {
        println!("ALIVE {mutant}");
    }
    let noticed: Vec<_> = listed.keys().filter(|mutant| !alive.contains(*mutant)).collect();
    let share = (mutants.len() - alive.len()) * 1000 / mutants.len();
    println!("{}.{} % noticed", share / 10, share % 10);
    assert!(unknown.is_empty(), "{} mistakes are neither noticed nor listed", unknown.len());
    assert!(noticed.is_empty(), "noticed by now, take them off the list: {noticed:?}");
    assert!(share >= LEAST, "{share} of 1000 is too few");
}
