//! One start of one binary.

use crate::{
    stub::Stub,
    usage::{self, Usage},
    world::World,
};
use anyhow::{Context as _, Result, bail};
use axum::body::Bytes;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::{
    process::{Child, Command},
    time::timeout,
};

/// A function that does nothing for so long hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// A function that was started and is ready for its first event.
pub struct Started {
    stub: Stub,
    child: Child,
    /// From before the process was made until it asked for its first event.
    pub init: Duration,
    /// What it had used by then.
    pub used: Usage,
}

/// An event that was handled.
#[derive(Debug)]
pub struct Handled {
    /// From handing it over until the answer was there.
    pub took: Duration,
    /// Time on a processor.
    pub cpu: Duration,
    /// The most memory that the process has held so far, in kilobytes.
    pub peak_kb: u64,
    /// The answer, or what was reported as an error.
    pub answer: Result<Bytes, Bytes>,
}

/// The settings that a function says it cannot do without: it is started again until it names no more.
///
/// # Errors
/// When it ends for another reason.
pub async fn needs(path: &Path, world: &World) -> Result<Vec<String>> {
    let mut needs = Vec::new();
    loop {
        let error = match Started::start(path, &world.environment(&needs)).await {
            Ok(started) => return started.end().await.map(|()| needs),
            Err(error) => error,
        };
        let named = named(&error.to_string(), &needs);
        if named.is_empty() {
            return Err(error);
        }
        needs.extend(named);
    }
}

/// The variables that a message names, but for those that are `known`.
fn named(message: &str, known: &[String]) -> Vec<String> {
    let words = message.split('`').filter(|word| word.starts_with("ROYAL_") && !word.contains(' '));
    words.filter(|word| !known.iter().any(|known| known == word)).map(str::to_owned).collect()
}

impl Started {
    /// Starts the binary with exactly this environment and waits until it asks for its first event.
    ///
    /// # Errors
    /// When it cannot be started, or ends or hangs before that: with what it said.
    pub async fn start(path: &Path, environment: &BTreeMap<String, String>) -> Result<Self> {
        let mut stub = Stub::listen().await?;
        let mut command = Command::new(path);
        command.env_clear().envs(environment).env("AWS_LAMBDA_RUNTIME_API", stub.address());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        let before = Instant::now();
        let mut child = command.spawn().with_context(|| path.display().to_string())?;
        let polled = tokio::select! {
            polled = timeout(PATIENCE, stub.polled()) => polled.context("it never asked for an event")??,
            _ = child.wait() => bail!("it ended before it asked for an event: {}", said(child).await?),
        };
        let used = usage::of(child.id().context("it has ended")?)?;
        Ok(Self { stub, child, init: polled - before, used })
    }

    /// Hands it an event.
    ///
    /// # Errors
    /// When it ends or hangs before it has answered.
    pub async fn invoke(&mut self, event: &Value) -> Result<Handled> {
        let pid = self.child.id().context("it has ended")?;
        let (used, before) = (usage::of(pid)?, Instant::now());
        let (at, answer) = timeout(PATIENCE, self.stub.invoke(event)).await.context("it never answered")??;
        // It asks for the next event only when it is done with this one.
        timeout(PATIENCE, self.stub.polled()).await.context("it did not go on")??;
        let now = usage::of(pid)?;
        Ok(Handled { took: at - before, cpu: now.cpu - used.cpu, peak_kb: now.peak_kb, answer })
    }

    /// Ends the process.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub async fn end(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// What a process that has ended said.
async fn said(child: Child) -> Result<String> {
    let output = child.wait_with_output().await?;
    let said = [output.stdout, output.stderr].concat();
    Ok(String::from_utf8_lossy(&said).trim().to_owned())
}
