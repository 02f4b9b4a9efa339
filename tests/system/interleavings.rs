//! Money under any interleaving: several gates at once, people who refuse, time that passes, all by seed.

use crate::{
    propose::{bill, record},
    spending::{judged_elsewhere, paying, thresholds},
    world::World,
};
use domain::{ActionId, Digest, Proposal, Record, Role, Status};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;
use time::OffsetDateTime;
use tokio::task::JoinSet;

const SEEDS: u64 = 6;
const BATCHES: u64 = 5;
const AT_ONCE: u64 = 12;
const AGENTS: u64 = 3;
const GATES: usize = 3;

/// The `n`th throw of a run, below `below`.
fn throw(seed: u64, n: u64, below: u64) -> u64 {
    let digest = Digest::of(&(seed, n)).unwrap();
    u64::from_str_radix(&digest.as_str()[..12], 16).unwrap() % below
}

fn bills(world: &World, seed: u64, batch: u64) -> Vec<Proposal> {
    let one = |n: u64| {
        let (agent, euros) = (throw(seed, n, AGENTS), 10 + throw(seed, n + 1_000, 190));
        let cents = i32::try_from(euros * 100).unwrap();
        let name = format!("bill {seed} {n}");
        Proposal {
            agent: format!("finance-payables/agent{agent}").parse().unwrap(),
            ..bill(world, &name, &format!("payee {n}"), cents)
        }
    };
    (batch * AT_ONCE..(batch + 1) * AT_ONCE).map(one).collect()
}

/// Has them judged by several gates at once, while a person refuses what waited before.
async fn at_once(world: &World, new: &[Proposal], waiting: &[Record]) {
    let gates: Vec<_> = (0..GATES).map(|_| gate::function(world.stack().env()).unwrap()).collect();
    let mut all = JoinSet::new();
    for (gate, proposal) in gates.iter().cycle().cloned().zip(new.iter().cloned()) {
        let (store, now) = (world.store().clone(), world.now());
        all.spawn(async move {
            let mut tx = store.tx(now);
            tx.propose(&proposal).unwrap();
            tx.commit().await.unwrap();
            judged_elsewhere(gate, proposal).await;
        });
    }
    for record in waiting {
        let path = format!("approvals/{}/reject", record.proposal.id);
        let body = json!({ "digest": record.bound, "reason": "too much" });
        let (status, answer) = world.api(Role::Owner, Method::POST, &path, Some(body)).await;
        assert_eq!(status, 200, "{answer:#}");
    }
    all.join_all().await;
}

async fn records(world: &World, ids: &[ActionId]) -> Vec<Record> {
    let mut all = Vec::new();
    for id in ids {
        all.push(world.until("it is decided", async |world| record(world, *id).await).await);
    }
    all
}

/// What ran alone: when, by whom, and how much.
fn alone(records: &[Record]) -> Vec<(OffsetDateTime, String, i64)> {
    let by_policy = |record: &&Record| record.grant.as_ref().is_some_and(|grant| grant.by[0].starts_with("policy"));
    let told = |record: &Record| {
        let cents = record.proposal.action.amount().unwrap().cents().unwrap();
        (record.decision.at, record.proposal.agent.to_string(), cents)
    };
    records.iter().filter(by_policy).map(told).collect()
}

/// The most that was spent in any window of this length.
fn most(spent: &[(OffsetDateTime, String, i64)], window: time::Duration, of: impl Fn(&str) -> bool) -> i64 {
    let within = |end: OffsetDateTime| {
        let inside = spent.iter().filter(|(at, agent, _)| of(agent) && *at <= end && *at > end - window);
        inside.map(|(_, _, cents)| cents).sum::<i64>()
    };
    spent.iter().map(|(end, _, _)| within(*end)).max().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_interleaving_spends_more_alone_than_any_budget_or_threshold_allows() {
    let (mut ran, mut waited) = (0, 0);
    for seed in 0..SEEDS {
        let world = paying().await;
        let (mut ids, mut waiting) = (Vec::new(), Vec::new());
        for batch in 0..BATCHES {
            let new = bills(&world, seed, batch);
            ids.extend(new.iter().map(|proposal| proposal.id));
            at_once(&world, &new, &waiting).await;
            let fresh: Vec<ActionId> = new.iter().map(|proposal| proposal.id).collect();
            waiting = records(&world, &fresh).await;
            waiting.retain(|record| record.status == Status::Pending);
            waiting.truncate(usize::try_from(throw(seed, batch + 5_000, 6)).unwrap());
            world.clock.advance(Duration::from_secs(throw(seed, batch + 9_000, 50) * 60));
        }
        let all = records(&world, &ids).await;
        let spent = alone(&all);
        (ran, waited) = (ran + spent.len(), waited + all.len() - spent.len());
        let (budgets, agents) = (thresholds(&world, "budgets"), thresholds(&world, "budget_agents"));
        let lengths =
            [("hour", 1), ("day", 24), ("week", 168)].map(|(name, hours)| (name, time::Duration::hours(hours)));
        for (name, window) in lengths {
            let limit = |table: &serde_json::Value| table[format!("{name}_cents")].as_i64().unwrap();
            for cluster in ["store", "finance"] {
                let sum = most(&spent, window, |_| true);
                assert!(sum <= limit(&budgets[cluster]), "seed {seed}: {sum} cents in one {name} of {cluster}");
            }
            for agent in 0..AGENTS {
                let sum = most(&spent, window, |name| name.ends_with(&format!("agent{agent}")));
                assert!(sum <= limit(&agents["default"]), "seed {seed}: {sum} cents in one {name} of agent {agent}");
            }
        }
        let large = thresholds(&world, "expense_pay")["medium_up_to_cents"].as_i64().unwrap();
        for agent in 0..AGENTS {
            let sum = most(&spent, time::Duration::hours(24), |name| name.ends_with(&format!("agent{agent}")));
            assert!(sum <= large, "seed {seed}: {sum} cents in small payments, where {large} at once need a person");
        }
    }
    assert!(ran > 50 && waited > 50, "{ran} ran alone, {waited} did not");
    println!("{ran} payments ran alone, {waited} did not");
}
