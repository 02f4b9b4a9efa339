//! The real program, killed with SIGKILL at every stage of its work and started again.
//!
//! Everything here runs in real time: an execution that was under way when the process died is asked about
//! when its claim has run out, two minutes later. So the runs wait beside each other.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on fails"
)]

use serde_json::Value;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

const FEED: &str = "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Cost per item,Image Src,Image Alt Text,Rating (product.metafields.reviews.rating),Rating count (product.metafields.reviews.rating_count),Status
board,Oak cutting board,<p>Solid oak.</p>,Noordhout,Home & Garden > Kitchen,Kitchen,oak,true,Title,Default Title,SKU-1,120,49.95,19.50,https://cdn.example.com/1.jpg,Board,4.8,210,active
bowl,Oak bowl,<p>Solid oak.</p>,Noordhout,Home & Garden > Kitchen,Kitchen,oak,true,Title,Default Title,SKU-2,120,39.95,15.50,https://cdn.example.com/2.jpg,Bowl,4.8,210,active
tray,Oak tray,<p>Solid oak.</p>,Noordhout,Home & Garden > Kitchen,Kitchen,oak,true,Title,Default Title,SKU-3,120,29.95,11.50,https://cdn.example.com/3.jpg,Tray,4.8,210,active
knife,Oak knife,<p>Sharp.</p>,Noordhout,Weapons > Knives,Kitchen,oak,true,Title,Default Title,SKU-4,120,59.95,21.50,https://cdn.example.com/4.jpg,Knife,4.8,210,active
";
const SUPPLIERS: &str = "supplier,on_time_percent,mean_delay_days,defect_percent,return_percent,mean_response_hours,cost_index,sample_orders,updated_at
Noordhout,98,0.2,0.5,1.5,3,85,420,2026-11-01
";
const TRENDS: &str = "keyword,interest,date\noak,90,2026-11-15\n";
/// Products of the feed that are published without a person.
const PUBLISHED: usize = 3;
/// What is printed of each product on its way: the process is killed this many milliseconds after the first such
/// line.
const KILLS: [(&str, u64); 9] = [
    ("ready in", 0),
    ("found ", 0),
    ("vetted ", 0),
    ("priced ", 0),
    ("approved ", 0),
    ("approved ", 300),
    ("approved ", 900),
    ("waiting ", 0),
    ("published ", 0),
];
/// Longer than a claim holds, and a tick of the clock.
const PATIENCE: Duration = Duration::from_secs(200);

fn royal(folder: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_royal"));
    command.current_dir(folder).args(["--state", "state", "--port", "0", "--speed", "30"]).args(flags);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("products.csv", FEED), ("suppliers.csv", SUPPLIERS), ("trends.csv", TRENDS)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A process, and what it prints.
struct Running {
    process: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(folder: &Path) -> Self {
        let mut process = royal(folder, &["--feed", "products.csv"]).spawn().unwrap();
        let out = process.stdout.take().unwrap();
        let (sender, lines) = channel();
        thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { process, lines }
    }

    /// The first line that contains `text`.
    fn line(&self, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            if line.contains(text) {
                return line;
            }
        }
        panic!("no line with `{text}`");
    }

    /// The address that is printed behind `label`.
    fn address(&self, label: &str) -> String {
        let line = self.line(&format!("  {label} "));
        let url = line.split_whitespace().last().unwrap();
        url.trim_end_matches("/docs").trim_end_matches('/').to_owned()
    }
}

impl Drop for Running {
    /// SIGKILL: nothing is finished, nothing is said.
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

async fn get(http: &reqwest::Client, url: &str, token: &str) -> Value {
    http.get(url).bearer_auth(token).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

/// What the shop shows, once it shows everything that is planned.
async fn complete(http: &reqwest::Client, shop: &str) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let state = get(http, &format!("{shop}/sandbox/state"), "").await;
        let products = state["products"].as_array().unwrap();
        let live = products.iter().filter(|product| product["published"] == true).count();
        if live == PUBLISHED {
            return state;
        }
        assert!(Instant::now() < end, "{live} of {PUBLISHED} are published: {state:#}");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// Kills the program `after` milliseconds at `stage`, starts it again, and looks at what comes of it.
async fn killed_at((stage, after): (&'static str, u64)) {
    let (folder, http) = (folder(), reqwest::Client::builder().timeout(Duration::from_secs(10)).build().unwrap());
    let path = folder.path().to_owned();
    let first = {
        let path = path.clone();
        move || {
            let running = Running::start(&path);
            running.line(stage);
            thread::sleep(Duration::from_millis(after));
        }
    };
    tokio::task::spawn_blocking(first).await.unwrap();

    let began = Instant::now();
    let again = move || {
        let running = Running::start(&path);
        let (api, shop) = (running.address("API"), running.address("shop"));
        (running, api, shop)
    };
    let (running, api, shop) = tokio::task::spawn_blocking(again).await.unwrap();
    let state = complete(&http, &shop).await;
    for (id, effects) in state["effects"].as_object().unwrap() {
        for effect in ["productSet", "productUpdate", "publishablePublish"] {
            assert_eq!(effects[effect], 1, "killed at `{stage}`: {effect} of {id}: {state:#}");
        }
    }
    assert_eq!(state["effects"].as_object().unwrap().len(), PUBLISHED, "killed at `{stage}`: {state:#}");

    let form = http.post(format!("{api}/token")).header("content-type", "application/x-www-form-urlencoded");
    let token: Value = form.body("role=owner").send().await.unwrap().json().await.unwrap();
    let token = token["token"].as_str().unwrap();
    let cards = loop {
        let page = get(&http, &format!("{api}/api/v1/approvals"), token).await;
        let cards = page["items"].as_array().unwrap().clone();
        if !cards.is_empty() {
            break cards;
        }
        assert!(began.elapsed() < PATIENCE, "killed at `{stage}`: the approval is gone");
        tokio::time::sleep(Duration::from_millis(250)).await;
    };
    assert_eq!(cards.len(), 1, "killed at `{stage}`: {cards:#?}");
    assert!(cards[0].to_string().contains("Oak knife"), "{cards:#?}");
    for journey in get(&http, &format!("{api}/api/v1/journeys"), token).await["items"].as_array().unwrap() {
        let id = journey["id"].as_str().unwrap();
        let whole = get(&http, &format!("{api}/api/v1/journeys/{id}"), token).await;
        assert_eq!(whole["history"]["verified"], true, "{whole:#}");
    }
    println!("killed {after} ms after `{stage}`: complete {:?} after the new start", began.elapsed());
    drop(running);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_killed_at_any_stage_publishes_everything_once_and_still_waits_for_the_person() {
    let mut all = tokio::task::JoinSet::new();
    for kill in KILLS {
        all.spawn(killed_at(kill));
    }
    while let Some(ended) = all.join_next().await {
        ended.unwrap();
    }
}

/// Runs the program, which must refuse to start, and returns the one line that it says.
fn refusal(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (said, log) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(1), "{said}{log}");
    let said = format!("{said}{log}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said.strip_prefix("royal: ").unwrap().trim_end().to_owned()
}

#[test]
fn a_port_that_is_taken_is_named() {
    let (folder, taken) = (folder(), TcpListener::bind("127.0.0.1:0").unwrap());
    let port = taken.local_addr().unwrap().port().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_royal"));
    command.current_dir(folder.path()).args(["--state", "state", "--port", &port, "--feed", "products.csv"]);
    let said = refusal(&mut command);
    assert!(said.contains(&format!("port {port} is in use")) && said.contains("--port"), "{said}");
}

#[test]
fn a_state_folder_of_another_layout_is_named_and_left_alone() {
    let folder = folder();
    let state = folder.path().join("state");
    fs::create_dir(&state).unwrap();
    fs::write(state.join("layout"), "0").unwrap();
    fs::write(state.join("treasure"), "kept").unwrap();
    let said = refusal(&mut royal(folder.path(), &["--feed", "products.csv"]));
    assert!(said.contains("layout `0`") && said.contains("--fresh"), "{said}");
    assert_eq!(fs::read_to_string(state.join("treasure")).unwrap(), "kept");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = folder();
    fs::write(folder.path().join("file"), "in the way").unwrap();
    for unwritable in ["file/below", "/proc/royal"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_royal"));
        command.current_dir(folder.path()).args(["--state", unwritable, "--port", "0", "--feed", "products.csv"]);
        let said = refusal(&mut command);
        assert!(said.contains(unwritable) && said.contains("cannot be written"), "{said}");
    }
}

#[test]
fn a_feed_that_is_not_there_is_named() {
    let folder = folder();
    let said = refusal(&mut royal(folder.path(), &["--feed", "nowhere.csv"]));
    assert!(said.contains("`nowhere.csv` does not exist") && said.contains("--feed"), "{said}");
}

#[test]
fn a_state_folder_in_use_is_left_to_the_one_that_uses_it() {
    let folder = folder();
    let first = Running::start(folder.path());
    first.line("ready in");
    let said = refusal(&mut royal(folder.path(), &["--feed", "products.csv"]));
    assert!(said.contains("in use by another run"), "{said}");
    let fresh = refusal(&mut royal(folder.path(), &["--fresh", "--feed", "products.csv"]));
    assert!(fresh.contains("in use by another run"), "{fresh}");
}
