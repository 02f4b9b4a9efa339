//! One process: a stack on a runtime of its own, so that it can end without finishing anything.

use crate::mirror::Mirror;
use emulator::ManualClock;
use local::{Settings, Stack};
use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};
use tokio::runtime::{Builder, Runtime};

/// How long the files of a killed process may stay locked, in looks.
const LOOKS: usize = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// A running stack.
pub(crate) struct Process {
    stack: Option<Stack>,
    runtime: Option<Runtime>,
}

impl Process {
    /// Starts a stack in `folder`, which `mirror` watches.
    pub(crate) async fn start(
        folder: &Path,
        clock: &ManualClock,
        change: &dyn Fn(&mut Settings),
        mirror: Arc<Mirror>,
    ) -> Self {
        let mut settings = settings(folder, clock);
        change(&mut settings);
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let stack = runtime.spawn(watched(settings, mirror)).await.unwrap();
        Self { stack: Some(stack), runtime: Some(runtime) }
    }

    /// What runs in it.
    pub(crate) fn stack(&self) -> &Stack {
        self.stack.as_ref().unwrap()
    }

    /// Drops every task where it stands.
    pub(crate) async fn kill(mut self) {
        let (runtime, stack) = (self.runtime.take().unwrap(), self.stack.take());
        let dying = move || {
            runtime.shutdown_timeout(Duration::from_secs(5));
            drop(stack);
        };
        tokio::task::spawn_blocking(dying).await.unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A killed process holds its locks until its last thread has noticed.
async fn watched(settings: Settings, mirror: Arc<Mirror>) -> Stack {
    for _ in 1..LOOKS {
        if let Ok(stack) = Stack::start(settings.clone()).await {
            return watch(stack, mirror).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
    watch(Stack::start(settings).await.unwrap(), mirror).await
}

async fn watch(mut stack: Stack, mirror: Arc<Mirror>) -> Stack {
    stack.watch("mirror", mirror).await.unwrap();
    stack
}

fn settings(folder: &Path, clock: &ManualClock) -> Settings {
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let vars = [
        ("ROYAL_FEEDS", file("products.csv")),
        ("ROYAL_SUPPLIERS", file("suppliers.csv")),
        ("ROYAL_TRENDS", file("trends.csv")),
        ("ROYAL_POLICIES", concat!(env!("CARGO_MANIFEST_DIR"), "/../policies").to_owned()),
    ];
    Settings {
        aws: emulator::Settings {
            data_dir: Some(folder.join("aws")),
            clock: Arc::new(clock.clone()),
            ..emulator::Settings::default()
        },
        shop_state: Some(folder.join("shop.sqlite")),
        issuer_state: folder.join("issuer"),
        vars: BTreeMap::from(vars.map(|(name, value)| (name.to_owned(), value))),
        idle: Vec::new(),
        port: 0,
        shop_port: 0,
        shop_points: None,
        ..Settings::default()
    }
}
