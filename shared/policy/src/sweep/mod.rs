//! The proof that an edit leaves no hole, and the list of what it moves.
//!
//! Tiers are constant between limits. So one value below, at, and one above every limit of the old and
//! the new rules, over all fields that an action type's rules read, shows everything that an edit does.
//! The fields of a type's own rules are crossed with one another (all of them where that is bounded,
//! every two of them where it is not); what holds for every action is crossed with one input of every tier
//! that came of it.

mod calm;
mod cases;
mod field;
mod moved;
mod proof;
pub(crate) mod reads;
mod report;
mod say;

#[cfg(test)]
pub(crate) use calm::calm;
pub use report::{Boundary, Fall, Gap, Idle, Setting, Sweep, Term};

use crate::{Policy, Rule};
use cases::{Cases, Judges};
use domain::Action;
use field::{Limits, Words};
use reads::{Index, Reads};

/// What a decision is made of: the tier, and what follows from the type alone.
const DECISION: [Rule; 2] = [Rule::Risk, Rule::Desk];

/// What is known of one action type before it is tried.
struct Kind<'a> {
    name: &'a str,
    /// What the rules of its own file read.
    own: Reads,
    /// What is read besides, for every type.
    common: Reads,
}

impl Kind<'_> {
    fn reads(&self, path: &str) -> bool {
        self.own.limit(path) || self.common.limit(path)
    }
}

/// Crosses every limit of both policies, and tells what is not covered, not monotone, and moved.
///
/// Of two different policies only the action types are tried that read something that differs: all others are
/// judged as they were when `old` was proved. One policy and itself are tried in full.
///
/// The same two policies have the same report, to the byte.
#[must_use]
pub fn run(old: &Policy, new: &Policy) -> Sweep {
    of(Action::KINDS, old, new)
}

/// The same for some action types.
pub(crate) fn of(kinds: &[&str], old: &Policy, new: &Policy) -> Sweep {
    let mut sweep = Sweep { from: old.revision().to_owned(), to: new.revision().to_owned(), ..Sweep::default() };
    let (before, index) = (Index::of(old), Index::of(new));
    let words = Words::of_both(old, new);
    let moved = old.moved(new);
    let kinds: Vec<Kind<'_>> = kinds.iter().map(|name| kind((&before, old), (&index, new), name)).collect();
    let (all, same_rules) = (old.revision() == new.revision(), rules_are_the_same(old, new));
    for kind in &kinds {
        // Where only numbers differ, a type that reads none of them is judged as before.
        let same = same_rules && !moved.iter().any(|number| kind.reads(&number.path));
        if same && !all {
            continue;
        }
        let judges = Judges { old: (!same).then_some(old), new };
        let cases = tried(kind, &judges, (old, new), &words);
        sweep.kinds += 1;
        sweep.cases += u32::try_from(cases.len()).unwrap_or(u32::MAX);
        proof::tell(&cases, &mut sweep);
        moved::tell(&cases, &mut sweep);
    }
    sweep.boundaries.sort_by_key(|boundary| !boundary.looser);
    sweep.terms.sort_by_key(|term| !term.looser);
    sweep.idle = moved.iter().filter_map(|number| say::idle(&number.path, (&kinds, &index), &sweep)).collect();
    sweep
}

fn kind<'a>(old: (&Index, &Policy), new: (&Index, &Policy), name: &'a str) -> Kind<'a> {
    let mut kind = Kind { name, own: Reads::default(), common: Reads::default() };
    for (index, policy) in [old, new] {
        let rules = policy.row(name).and_then(|row| row.get("rules")?.as_str()).unwrap_or_default();
        let own = index.reads(&[&format!("data.royal.risk.{rules}.findings")], name, rules);
        let all = index.reads(&DECISION.map(Rule::path), name, rules);
        kind.common.inputs.extend(all.inputs.difference(&own.inputs).cloned());
        kind.common.limits.extend(all.limits.difference(&own.limits).cloned());
        kind.common.numbers.extend(all.numbers.difference(&own.numbers));
        kind.own.numbers.extend(own.numbers);
        kind.own.inputs.extend(own.inputs);
        kind.own.limits.extend(own.limits);
    }
    kind
}

fn rules_are_the_same(old: &Policy, new: &Policy) -> bool {
    let rules = |policy: &Policy| {
        let sources = policy.sources().iter().filter(|source| source.name != "royal/thresholds.rego");
        sources.cloned().collect::<Vec<_>>()
    };
    rules(old) == rules(new)
}

fn tried<'a>(kind: &Kind<'a>, judges: &Judges<'_>, (old, new): (&Policy, &Policy), words: &Words) -> Cases<'a> {
    let calm = field::seen(kind.name);
    let axes = |reads: &Reads| field::axes(reads, &Limits::of(reads, [old, new]), (&calm, words));
    let (own, common) = (axes(&kind.own), axes(&kind.common));
    let mut cases = Cases::new(kind.name, calm.clone(), own, common);
    cases.cross_own(judges);
    cases.cross_common(judges);
    cases
}
