//! Every row of the table, for evidence.
//!
//! The product never scans. A test does: whatever a run left behind must show, wherever it is.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{AuditRecord, Digest, audit};
use runtime::Env;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::chain::KINDS;

type Item = HashMap<String, AttributeValue>;

/// The whole table, read at one go.
pub(crate) struct Table(Vec<Item>);

impl Table {
    pub(crate) async fn read(env: &Env) -> Self {
        let client = aws_sdk_dynamodb::Client::new(env.sdk());
        let rows = client.scan().table_name("royal").consistent_read(true).into_paginator().items().send();
        Self(rows.try_collect().await.unwrap())
    }

    /// The states of this kind, by id, as status and body.
    pub(crate) fn states(&self, kind: &str) -> BTreeMap<String, (String, Value)> {
        let of = |row: &&Item| text(row, "sk") == "STATE" && text(row, "pk").split('#').next() == Some(kind);
        let states = self.0.iter().filter(of).map(|row| {
            let id = text(row, "pk").split_once('#').unwrap().1.to_owned();
            (id, (text(row, "status").to_owned(), serde_json::from_str(text(row, "body")).unwrap_or_default()))
        });
        states.collect()
    }

    /// The bodies of this kind.
    pub(crate) fn bodies(&self, kind: &str) -> Vec<Value> {
        self.states(kind).into_values().map(|(_, body)| body).collect()
    }

    /// Everything that happened to a thing, in order.
    pub(crate) fn chain(&self, pk: &str) -> Vec<AuditRecord> {
        let mut links: Vec<&Item> = self.0.iter().filter(|row| text(row, "pk") == pk && is_link(row)).collect();
        links.sort_by_key(|row| text(row, "sk"));
        links.into_iter().map(|row| serde_json::from_str(text(row, "body")).unwrap()).collect()
    }

    /// What is wrong with the record: chains that do not verify, or that do not lead to the state.
    pub(crate) fn broken_chains(&self) -> Vec<String> {
        let chained = |row: &&Item| KINDS.contains(&text(row, "pk").split('#').next().unwrap());
        let states = self.0.iter().filter(|row| text(row, "sk") == "STATE").filter(chained);
        states.filter_map(|row| self.broken(row)).collect()
    }

    /// Inbox rows, runs in progress and tasks in hand: what must be gone when everything is at rest.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let open = |kind: &str, status: &str| -> Vec<String> {
            let states = self.states(kind).into_iter();
            states.filter(|(_, (found, _))| found == status).map(|(id, _)| format!("{kind}#{id} {status}")).collect()
        };
        [open("PROPOSAL", ""), open("RUN", "INPROGRESS"), open("TASK", "READY")].concat()
    }

    /// Partitions with a row that says one of `words`.
    pub(crate) fn saying(&self, words: &[&str]) -> BTreeSet<String> {
        let says = |row: &&Item| {
            let told = format!("{row:?}");
            words.iter().any(|word| told.contains(word))
        };
        self.0.iter().filter(says).map(|row| text(row, "pk").to_owned()).collect()
    }

    /// What everything came to, without ids, times and counts of attempts.
    pub(crate) fn ledger(&self) -> Value {
        let mut tasks = self.list("TASK", |status, task| json!([task["agent"], task["kind"], status]));
        tasks.retain(|task| task[0] != "product-scout" && task[1] != "hourly" && task[1] != "daily");
        json!({
            "tasks": tasks,
            "journeys": self.list("JOURNEY", |stage, j| json!([j["candidate"]["title"], stage, j["round"], j["ending"]["reason"]])),
            "actions": self.list("ACTION", |status, a| json!([a["proposal"]["action"]["type"], status, a["grant"]["by"]])),
            "budgets": self.list("BUDGET", |_, budget| json!([budget["name"], spent(budget)])),
        })
    }

    /// Everything that happened, for the message of a failed test.
    pub(crate) fn told(&self) -> String {
        let mut links: Vec<AuditRecord> = self
            .0
            .iter()
            .filter(|row| is_link(row))
            .map(|row| serde_json::from_str(text(row, "body")).unwrap())
            .collect();
        links.sort_by_key(|link| (link.at, link.subject.clone(), link.seq));
        let told = |link: &AuditRecord| {
            let (at, entry) = (link.at.time(), &link.entry);
            format!("\n{at} {} {} {} {} {:?}", link.subject, entry.actor, entry.what, entry.result, entry.reasons)
        };
        links.iter().map(told).collect()
    }

    fn list(&self, kind: &str, of: impl Fn(&str, &Value) -> Value) -> Vec<Value> {
        let mut all: Vec<Value> = self.states(kind).values().map(|(status, body)| of(status, body)).collect();
        all.sort_by_key(Value::to_string);
        all
    }

    fn broken(&self, row: &Item) -> Option<String> {
        let pk = text(row, "pk");
        let chain = self.chain(pk);
        let state: Value = serde_json::from_str(text(row, "body")).unwrap();
        let head = match audit::verify(&chain) {
            Ok(head) => head,
            Err(error) => return Some(error.to_string()),
        };
        let leads_here = head.is_some_and(|head| head.as_str() == text(row, "head"))
            && chain.last().is_some_and(|last| last.state == Digest::of(&state).unwrap())
            && row["seq"].as_n().unwrap() == &chain.len().to_string();
        (!leads_here).then(|| format!("{pk}: its state is not the one on record"))
    }
}

fn is_link(row: &Item) -> bool {
    text(row, "sk").starts_with(store::keys::AUDIT)
}

fn spent(budget: &Value) -> i64 {
    budget["slots"].as_object().unwrap().values().map(|cents| cents.as_i64().unwrap()).sum()
}

fn text<'a>(row: &'a Item, name: &str) -> &'a str {
    row.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}
