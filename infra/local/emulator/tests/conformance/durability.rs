//! A killed process loses nothing that was acknowledged.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use emulator::{Aws, Settings, StreamMapping, SystemClock};

use crate::stack::{Clients, Recorder, drain, eventually, queue, spawn, stack_with, table, text};

const FOLDER: &str = "EMULATOR_TEST_FOLDER";
const ROUNDS: usize = 3;
const WRITERS: usize = 4;
const WRITES_BEFORE_THE_KILL: usize = 40;

/// The process that is killed: a stack in the folder it is given, until then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "started by the durability test in a process of its own"]
async fn a_stack_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let settings = Settings { data_dir: Some(folder.into()), ..Settings::default() };
    let aws = Aws::start(settings).await.unwrap();
    println!("\nready {} {}", aws.endpoints().dynamodb, aws.endpoints().services);
    tokio::time::sleep(Duration::from_secs(120)).await;
}

/// Kills the process whatever becomes of the test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path) -> (Killed, Clients) {
    let arguments = ["--exact", "durability::a_stack_to_be_killed", "--ignored", "--nocapture"];
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(arguments)
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.map_while(Result::ok).find(|line| line.starts_with("ready ")).unwrap();
    let urls: Vec<&str> = ready.split(' ').collect();
    (Killed(child), Clients::new(urls[1], urls[2]))
}

/// Writes until the process is gone and notes each acknowledged name.
async fn write(clients: Arc<Clients>, url: String, prefix: String, acknowledged: Arc<Mutex<Vec<String>>>) {
    for n in 0.. {
        let name = format!("{prefix}-{n}");
        let item = |sk: &str| {
            let put = Put::builder().table_name("items").item("pk", text(&name)).item("sk", text(sk)).build().unwrap();
            TransactWriteItem::builder().put(put).build()
        };
        let both = clients.dynamodb.transact_write_items().transact_items(item("a")).transact_items(item("b"));
        let sent = clients.sqs.send_message().queue_url(&url).message_body(&name);
        if both.send().await.is_err() || sent.send().await.is_err() {
            return;
        }
        acknowledged.lock().unwrap().push(name);
    }
}

async fn round(folder: &Path, round: usize, acknowledged: &Arc<Mutex<Vec<String>>>) {
    let (process, clients) = start(folder);
    let clients = Arc::new(clients);
    if round == 0 {
        table(&clients.dynamodb, "items").await;
    }
    let (url, _) = queue(&clients.sqs, "q", &[]).await;
    let before = acknowledged.lock().unwrap().len();
    let writers: Vec<_> = (0..WRITERS)
        .map(|w| spawn(write(clients.clone(), url.clone(), format!("{round}-{w}"), acknowledged.clone())))
        .collect();
    eventually("enough was written", async || acknowledged.lock().unwrap().len() >= before + WRITES_BEFORE_THE_KILL)
        .await;
    drop(process);
    for writer in writers {
        writer.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_and_restart_whole() {
    let folder = tempfile::tempdir().unwrap();
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    for number in 0..ROUNDS {
        round(folder.path(), number, &acknowledged).await;
    }
    let names: HashSet<String> = acknowledged.lock().unwrap().iter().cloned().collect();

    let path = folder.path().to_owned();
    let stack = stack_with(|settings| (settings.data_dir, settings.clock) = (Some(path), Arc::new(SystemClock))).await;
    for name in &names {
        let found = stack.clients.dynamodb.query().table_name("items").key_condition_expression("pk = :pk");
        let found = found.expression_attribute_values(":pk", text(name)).send().await.unwrap();
        assert_eq!(found.count(), 2, "{name} is whole");
    }
    let (url, _) = queue(&stack.clients.sqs, "q", &[]).await;
    let bodies: HashSet<String> = drain(&stack.clients.sqs, &url).await.into_iter().collect();
    assert!(names.is_subset(&bodies), "{:?} are missing", names.difference(&bodies));

    let seen = Recorder::accepting();
    let _mapping = stack.aws.map_stream(StreamMapping::new("items", "reader"), seen.clone()).await.unwrap();
    seen.saw("/eventID", names.len() * 2).await;
    let streamed: HashSet<String> = seen.seen("/dynamodb/Keys/pk/S").into_iter().collect();
    assert!(names.is_subset(&streamed), "{:?} are missing", names.difference(&streamed));
}
