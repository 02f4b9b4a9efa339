//! Killed with SIGKILL before and after every single step of one approval, from its proposal to its outcome.
//!
//! The steps are not written down here: an undisturbed run tells them, so a new one cannot be forgotten. What is
//! written down is what they are called, so that somebody looks when one comes or goes.

use crate::running::{PATIENCE, Running, folder, get, token};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// Steps that leave a trace of their own in the record or at the shop: at each of them a process has to die.
const RECORDED: [&str; 5] = [
    "TransactWriteItems: judged",
    "TransactWriteItems: approved",
    "TransactWriteItems: claimed",
    "TransactWriteItems: executed",
    "shop /admin/api/2026-07/graphql.json",
];
/// Programs that run at once.
const AT_ONCE: usize = 6;
const PAUSE: Duration = Duration::from_millis(40);
const PRODUCT: &str = "Oak cutting board";

/// A step, which time it comes, and whether the process dies once it was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    step: String,
    nth: usize,
    after: bool,
}

/// A running program with what it takes to talk to it.
struct Session {
    program: Running,
    http: reqwest::Client,
    api: String,
    shop: String,
    /// Who asks for it, and who agrees to it.
    asking: String,
    agreeing: String,
}

impl Session {
    async fn start(folder: &Path) -> Self {
        let folder = folder.to_owned();
        let begin = move || {
            let program = Running::start(&folder);
            let (api, shop) = (program.address("API"), program.address("shop"));
            (program, api, shop)
        };
        let (program, api, shop) = tokio::task::spawn_blocking(begin).await.unwrap();
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).build().unwrap();
        let (asking, agreeing) = (token(&http, &api, "operations").await, token(&http, &api, "owner").await);
        Self { program, http, api, shop, asking, agreeing }
    }

    /// The product in the shop.
    async fn product(&self) -> Value {
        let state = get(&self.http, &format!("{}/sandbox/state", self.shop), "").await;
        let products = state["products"].as_array().unwrap();
        let found = products.iter().find(|product| product["title"] == PRODUCT);
        found.cloned().unwrap_or_default()
    }

    async fn steps(&self) -> Vec<String> {
        serde_json::from_value(get(&self.http, &format!("{}/sandbox/steps", self.shop), "").await).unwrap()
    }

    /// Counts steps from now on, and dies at one of them.
    async fn rehearse(&self, end: Option<&Point>) {
        let end = end.map(|point| json!({ "step": point.step, "nth": point.nth, "after": point.after }));
        let url = format!("{}/sandbox/steps", self.shop);
        self.http.post(url).json(&end).send().await.unwrap().error_for_status().unwrap();
    }

    /// Sends a request as a person does who does not know whether the one before arrived; nothing where no answer comes.
    async fn post(&self, token: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
        let url = format!("{}/api/v1/{path}", self.api);
        let request = self.http.post(url).bearer_auth(token).header("Idempotency-Key", path).json(body);
        let answer = request.send().await.ok()?;
        Some((answer.status().as_u16(), answer.json().await.ok()?))
    }

    async fn action(&self, id: &str) -> Option<Value> {
        let url = format!("{}/api/v1/actions/{id}", self.api);
        let answer = self.http.get(url).bearer_auth(&self.agreeing).send().await.ok()?;
        if answer.status() != 200 { None } else { answer.json().await.ok() }
    }

    /// Proposes a price, has it approved, and waits until it is settled; nothing where the program dies meanwhile.
    async fn approve_a_price(&mut self) -> Option<Value> {
        let end = Instant::now() + PATIENCE;
        let proposed = loop {
            match self.post(&self.asking, "actions", &price()).await {
                Some((status, proposed)) if status < 500 => break proposed,
                _ if self.program.is_dead() => return None,
                unanswered => assert!(Instant::now() < end, "never answered: {unanswered:?}"),
            }
            tokio::time::sleep(PAUSE).await;
        };
        let id = proposed["id"].as_str().unwrap_or_else(|| panic!("{proposed:#}")).to_owned();
        while Instant::now() < end {
            if self.program.is_dead() {
                return None;
            }
            match self.action(&id).await {
                Some(action) if ["EXECUTED", "FAILED"].contains(&action["status"].as_str().unwrap()) => {
                    return Some(action);
                }
                Some(action) if action["status"] == "PENDING" => {
                    let body = json!({ "digest": action["digest"] });
                    self.post(&self.agreeing, &format!("approvals/{id}/approve"), &body).await;
                }
                _ => {}
            }
            tokio::time::sleep(PAUSE).await;
        }
        panic!("never settled: {:#?}", self.action(&id).await);
    }
}

/// So large a change that a person decides.
fn price() -> Value {
    let eur = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    json!({
        "action": {
            "type": "price.change",
            "product": { "supplier": "Noordhout", "sku": "board" },
            "variantSku": "SKU-1",
            "from": eur("49.95"),
            "to": eur("69.95"),
            "cost": eur("19.50"),
        },
        "case": {
            "title": "Dearer", "description": "", "reasoning": "", "dataSources": [], "riskFactors": [],
            "missing": [], "impact": {}, "alternatives": [],
        },
    })
}

/// A folder in which the product is on sale and nothing is left to do.
async fn on_sale() -> tempfile::TempDir {
    let folder = folder();
    let session = Session::start(folder.path()).await;
    let end = Instant::now() + PATIENCE;
    while session.product().await["published"] != true {
        assert!(Instant::now() < end, "the product is never published");
        tokio::time::sleep(PAUSE).await;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The steps of a run that nothing disturbs, with how often each comes.
async fn undisturbed(template: &Path) -> BTreeMap<String, usize> {
    let folder = tempfile::tempdir().unwrap();
    copy(template, folder.path());
    let mut session = Session::start(folder.path()).await;
    session.rehearse(None).await;
    let settled = session.approve_a_price().await.unwrap();
    assert_eq!(settled["status"], "EXECUTED", "{settled:#}");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut counts = BTreeMap::new();
    for step in session.steps().await {
        *counts.entry(step).or_insert(0) += 1;
    }
    counts
}

/// Lets the program die at `point`, starts it again, and looks at what comes of it. Says whether it died there.
async fn killed_at(template: &Path, point: &Point) -> bool {
    let folder = tempfile::tempdir().unwrap();
    copy(template, folder.path());
    let mut session = Session::start(folder.path()).await;
    let before = session.product().await;
    session.rehearse(Some(point)).await;
    let mut settled = session.approve_a_price().await;
    if settled.is_some() {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let died = session.program.is_dead();
    if died {
        drop(session);
        session = Session::start(folder.path()).await;
        settled = session.approve_a_price().await;
    }
    let settled = settled.unwrap_or_else(|| panic!("{point:?}: it died again"));
    assert_eq!(settled["status"], "EXECUTED", "{point:?}: {settled:#}");
    assert_eq!(settled["history"]["verified"], true, "{point:?}: {settled:#}");
    let product = session.product().await;
    let changes = |product: &Value| product["effects"]["productVariantsBulkUpdate"].as_u64().unwrap_or(0);
    assert_eq!(changes(&product), changes(&before) + 1, "{point:?}: {product:#}");
    died
}

#[tokio::test(flavor = "multi_thread")]
async fn row_05_an_approval_killed_before_and_after_every_step_is_kept_and_has_its_effect_once() {
    let template = Arc::new(on_sale().await);
    let steps = undisturbed(template.path()).await;
    for step in RECORDED {
        assert!(steps.contains_key(step), "`{step}` is no step any more: {steps:#?}");
    }
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut all = JoinSet::new();
    for (step, times) in &steps {
        for (nth, after) in (1..=*times).flat_map(|nth| [(nth, false), (nth, true)]) {
            let (template, turns) = (Arc::clone(&template), Arc::clone(&turns));
            let point = Point { step: step.clone(), nth, after };
            all.spawn(async move {
                let _turn = turns.acquire().await.unwrap();
                (killed_at(template.path(), &point).await, point)
            });
        }
    }
    let mut died = BTreeSet::new();
    while let Some(ended) = all.join_next().await {
        let (dead, point) = ended.unwrap();
        if dead {
            died.insert(point);
        }
    }
    println!("killed at {} points of {} kinds of steps: {died:#?}", died.len(), steps.len());
    for (step, after) in RECORDED.into_iter().flat_map(|step| [(step, false), (step, true)]) {
        let there = died.iter().any(|point| point.step == step && point.after == after);
        assert!(there, "no process died at `{step}` (after: {after}): {died:#?}");
    }
}
