//! The one file behind SQS, EventBridge, Scheduler and Secrets Manager.
//!
//! One thread owns the connection. It takes whatever work is waiting, runs each piece in its
//! own savepoint, commits them together and only then answers: a burst of calls costs one
//! fsync, and nothing is acknowledged before it is on disk. Because every service lives in this
//! one file, an event and the messages it fans out to, or a schedule and its next run, are one
//! transaction.
//!
//! Two promises, see [`Db::run`] and [`Db::run_repeatable`]: what was sent or changed survives a
//! power cut; that something was received, deleted or handled survives a killed process, and a
//! power cut may only repeat it, which queues and streams do anyway.

mod batch;
mod open;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;
use uuid::Uuid;

pub(crate) use open::{check_folder, open, own};

use batch::Store;

use crate::env::Env;
use crate::error::StartError;
use crate::http::ApiError;
use crate::signals::Topic;

/// A handle to the store thread; clones share it.
#[derive(Clone)]
pub(crate) struct Db {
    jobs: mpsc::Sender<Message>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

enum Message {
    Work(Job),
    Close,
}

/// Runs in the given transaction, or is refused without one.
type Work = Box<dyn FnOnce(Option<&Tx<'_>>) -> Outcome + Send>;
type Reply = Box<dyn FnOnce(Result<(), ApiError>) + Send>;

struct Job {
    work: Work,
    /// Whether a power cut must not undo it.
    synced: bool,
}

struct Outcome {
    keep: bool,
    reply: Reply,
}

/// What a piece of work sees: the open transaction and the world around it.
pub(crate) struct Tx<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) env: &'a Env,
    pub(crate) now_ms: i64,
    ids: &'a Ids,
    wakes: RefCell<Vec<Topic>>,
}

impl Tx<'_> {
    /// Wakes the subscribers of `topic` once the transaction is on disk.
    pub(crate) fn wake(&self, topic: Topic) {
        self.wakes.borrow_mut().push(topic);
    }

    /// A new unique id. Equal runs of an in-memory stack give equal ids.
    pub(crate) fn new_id(&self) -> String {
        let mut last = self.ids.last.borrow_mut();
        *last = last.wrapping_add(1);
        Uuid::new_v5(&self.ids.session, &last.to_be_bytes()).to_string()
    }
}

struct Ids {
    session: Uuid,
    last: RefCell<u64>,
}

impl Db {
    /// Starts the thread that owns `conn`.
    pub(crate) fn start(conn: Connection, session: Uuid, env: Arc<Env>) -> Result<Self, StartError> {
        let (jobs, inbox) = mpsc::channel();
        let mut store = Store::new(conn, env, session);
        let thread = std::thread::Builder::new()
            .name("emulator-store".to_owned())
            .spawn(move || store.serve(&inbox))
            .map_err(|e| StartError::io(&PathBuf::from("store thread"), &e))?;
        let thread = Arc::new(Mutex::new(Some(thread)));
        Ok(Self { jobs, thread })
    }

    /// Runs `work` in a transaction of its own and answers once it is on disk, where a power cut
    /// does not undo it. An error from `work` undoes what it wrote.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, ApiError> + Send + 'static,
    {
        self.submit(work, true).await
    }

    /// As [`Db::run`], for work that may happen again: a killed process does not undo it, a power
    /// cut may.
    pub(crate) async fn run_repeatable<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, ApiError> + Send + 'static,
    {
        self.submit(work, false).await
    }

    async fn submit<T, F>(&self, work: F, synced: bool) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, ApiError> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        let work: Work = Box::new(move |tx| {
            let result = tx.map_or_else(|| Err(ApiError::internal("the local store failed")), work);
            let keep = result.is_ok();
            let reply: Reply = Box::new(move |committed| {
                // Nobody listens any more when the caller went away: the work still counts.
                let _ = sender.send(committed.and(result));
            });
            Outcome { keep, reply }
        });
        let stopped = || ApiError::internal("the local stack has stopped");
        self.jobs.send(Message::Work(Job { work, synced })).map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Ends the thread after the work that is already waiting, and closes the file.
    pub(crate) fn close(&self) {
        // A failed send means that the thread has ended already.
        let _ = self.jobs.send(Message::Close);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|t| t.join().is_err()) {
            tracing::error!("the store thread of the local stack ended in a panic");
        }
    }
}

#[cfg(test)]
mod tests;
