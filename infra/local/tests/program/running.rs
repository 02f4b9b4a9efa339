//! The program as a process of its own, with data to work on.

use serde_json::Value;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        mpsc::{Receiver, channel},
    },
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
/// Longer than a claim holds, and a tick of the clock.
pub(crate) const PATIENCE: Duration = Duration::from_secs(200);

pub(crate) fn royal(folder: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_royal"));
    command
        .current_dir(folder)
        .args(["--state", "state", "--port", "0", "--speed", "30", "--no-page", "--orders", "0"])
        .args(flags);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("products.csv", FEED), ("suppliers.csv", SUPPLIERS), ("trends.csv", TRENDS)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A process, and what it prints.
pub(crate) struct Running {
    process: Child,
    lines: Mutex<Receiver<String>>,
}

impl Running {
    pub(crate) fn start(folder: &Path) -> Self {
        let mut process = royal(folder, &["--feed", "products.csv"]).spawn().unwrap();
        let out = process.stdout.take().unwrap();
        let (sender, lines) = channel();
        thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { process, lines: Mutex::new(lines) }
    }

    /// The first line that contains `text`.
    pub(crate) fn line(&self, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        while let Ok(line) = self.lines.lock().unwrap().recv_timeout(end.saturating_duration_since(Instant::now())) {
            if line.contains(text) {
                return line;
            }
        }
        panic!("no line with `{text}`");
    }

    /// The address that is printed behind `label`.
    pub(crate) fn address(&self, label: &str) -> String {
        let line = self.line(&format!("  {label} "));
        let url = line.split_whitespace().last().unwrap();
        url.trim_end_matches("/docs").trim_end_matches('/').to_owned()
    }
}

impl Running {
    /// Whether the process has ended.
    pub(crate) fn is_dead(&mut self) -> bool {
        self.process.try_wait().unwrap().is_some()
    }
}

impl Drop for Running {
    /// SIGKILL: nothing is finished, nothing is said.
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// What the address answers.
pub(crate) async fn get(http: &reqwest::Client, url: &str, token: &str) -> Value {
    http.get(url).bearer_auth(token).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

/// A token of the sandbox's first person with this role.
pub(crate) async fn token(http: &reqwest::Client, api: &str, role: &str) -> String {
    let form = http.post(format!("{api}/token")).header("content-type", "application/x-www-form-urlencoded");
    let token: Value = form.body(format!("role={role}")).send().await.unwrap().json().await.unwrap();
    token["token"].as_str().unwrap().to_owned()
}
