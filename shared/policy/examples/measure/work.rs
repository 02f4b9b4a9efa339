//! What is measured. Every piece of work runs in a process of its own, under valgrind.

use crate::{cases, floor};
use policy::{Bundle, Input, Policy};
use regorus::{Engine, Value};
use std::{error::Error, fs, hint::black_box, path::Path};
use time::OffsetDateTime;

/// A piece of work, by the name that it has on the command line.
pub(crate) const ALL: [(&str, &str); 7] = [
    ("floor", "plain Rust with the JSON parsed (the floor)"),
    ("tier", "the rules' machine: the tier, for a backtest"),
    ("machine", "the rules' machine: the decision, its input's digest, every reason in two languages"),
    ("interpreter", "the interpreter, reused"),
    ("load", "a published revision opened: what judges is hashed, and read when it is first asked (a load)"),
    ("first", "the same with its first decision, for which the program and the tables are read"),
    ("compile", "all files checked and compiled (a load, not a decision)"),
];

/// How many decisions one round makes.
pub(crate) fn in_a_round(name: &str) -> u64 {
    if matches!(name, "compile" | "load" | "first") { 1 } else { u64::try_from(cases::all().len()).unwrap_or(1) }
}

/// Does `name` so many times.
pub(crate) fn run(name: &str, rounds: u32, policies: &Path) -> Result<(), Box<dyn Error>> {
    match name {
        "floor" => floor(rounds),
        "machine" => machine(rounds, policies),
        "tier" => tiers(rounds, policies),
        "load" => load(rounds, policies, |_| ()),
        "first" => {
            let first = cases::all().into_iter().next().ok_or("there are no cases")?;
            load(rounds, policies, |policy| drop(black_box(policy.judge(&first, OffsetDateTime::UNIX_EPOCH))))
        }
        "interpreter" => interpreter(rounds, policies),
        "compile" => compile(rounds, policies),
        other => Err(format!("there is no work `{other}`").into()),
    }
}

fn seen() -> Vec<String> {
    cases::all().iter().map(Input::seen).collect()
}

fn floor(rounds: u32) -> Result<(), Box<dyn Error>> {
    let seen = seen();
    for _ in 0..rounds {
        for seen in &seen {
            black_box(floor::decide(black_box(seen))?);
        }
    }
    Ok(())
}

fn machine(rounds: u32, policies: &Path) -> Result<(), Box<dyn Error>> {
    let policy = Policy::load(policies)?;
    let inputs = cases::all();
    for _ in 0..rounds {
        for input in &inputs {
            black_box(policy.judge(black_box(input), OffsetDateTime::UNIX_EPOCH));
        }
    }
    Ok(())
}

fn tiers(rounds: u32, policies: &Path) -> Result<(), Box<dyn Error>> {
    let policy = Policy::load(policies)?;
    let seen: Vec<serde_json::Value> =
        seen().iter().map(|seen| serde_json::from_str(seen)).collect::<Result<_, _>>()?;
    for _ in 0..rounds {
        for seen in &seen {
            black_box(policy.tier_of(black_box(seen)));
        }
    }
    Ok(())
}

fn load(rounds: u32, policies: &Path, then: impl Fn(&Policy)) -> Result<(), Box<dyn Error>> {
    let Bundle { bytes, sha256, .. } = Policy::load(policies)?.bundle()?;
    for _ in 0..rounds {
        then(&black_box(Policy::open_to_judge(black_box(&bytes), &sha256)?));
    }
    Ok(())
}

fn interpreter(rounds: u32, policies: &Path) -> Result<(), Box<dyn Error>> {
    let mut engine = engine(policies)?;
    let seen = seen();
    for _ in 0..rounds {
        for seen in &seen {
            engine.set_input(Value::from_json_str(black_box(seen))?);
            black_box(engine.eval_rule("data.royal.risk.decision".to_owned())?.to_json_str()?);
        }
    }
    Ok(())
}

fn engine(policies: &Path) -> Result<Engine, Box<dyn Error>> {
    let mut engine = Engine::new();
    for file in Policy::load(policies)?.draft().files() {
        engine.add_policy(file.name.clone(), file.text.clone())?;
    }
    Ok(engine)
}

fn compile(rounds: u32, policies: &Path) -> Result<(), Box<dyn Error>> {
    for _ in 0..rounds {
        black_box(Policy::load(black_box(policies))?);
    }
    Ok(())
}

/// That plain Rust says what the rules say of all of them; only then are the two comparable.
pub(crate) fn same(policies: &Path) -> Result<(), Box<dyn Error>> {
    let policy = Policy::load(policies)?;
    for input in cases::all() {
        let decision = policy.judge(&input, OffsetDateTime::UNIX_EPOCH);
        let plain = floor::decide(&input.seen())?;
        let told = |tier, code: &str| tier == decision.tier || (tier > domain::Tier::Low && !code.is_empty());
        let plain_codes: Vec<_> = plain.codes.iter().filter(|(tier, code)| told(*tier, code)).copied().collect();
        let mut codes: Vec<_> = decision.reasons.iter().map(|reason| (reason.tier, reason.code.as_str())).collect();
        codes.sort_unstable();
        codes.dedup();
        if plain.tier != decision.tier || plain_codes != codes {
            return Err(format!("{}: {plain_codes:?} is not {codes:?}", input.action.kind).into());
        }
    }
    fs::metadata(policies)?;
    Ok(())
}
