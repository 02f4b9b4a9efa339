//! The one file behind SQS, EventBridge, Scheduler and Secrets Manager.
//!
//! One thread owns the connection. It takes whatever work is waiting, runs each piece in its
//! own savepoint, commits them together and only then answers: a burst of calls costs one
//! fsync, and nothing is acknowledged before it is on disk (`synchronous = FULL`: a killed
//! process or a power cut loses no acknowledged call). Because every service lives in this
//! one file, an event and the messages it fans out to, or a schedule and its next run, are one
//! transaction.

mod open;

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;
use uuid::Uuid;

pub(crate) use open::{check_folder, open};

use crate::env::Env;
use crate::error::StartError;
use crate::http::ApiError;
use crate::signals::Topic;

/// How many waiting pieces of work share one commit.
const BATCH: usize = 256;

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
type Job = Box<dyn FnOnce(Option<&Tx<'_>>) -> Outcome + Send>;
type Reply = Box<dyn FnOnce(Result<(), ApiError>) + Send>;

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
        let ids = Ids { session, last: RefCell::new(0) };
        let thread = std::thread::Builder::new()
            .name("emulator-store".to_owned())
            .spawn(move || serve(&conn, &inbox, &env, &ids))
            .map_err(|e| StartError::io(&PathBuf::from("store thread"), &e))?;
        let thread = Arc::new(Mutex::new(Some(thread)));
        Ok(Self { jobs, thread })
    }

    /// Runs `work` in a transaction of its own and answers once it is on disk. An error from
    /// `work` undoes what it wrote.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, ApiError> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            let result = tx.map_or_else(|| Err(ApiError::internal("the local store failed")), work);
            let keep = result.is_ok();
            let reply: Reply = Box::new(move |committed| {
                // Nobody listens any more when the caller went away: the work still counts.
                let _ = sender.send(committed.and(result));
            });
            Outcome { keep, reply }
        });
        let sent = self.jobs.send(Message::Work(job));
        sent.map_err(|_| ApiError::internal("the local stack has stopped"))?;
        let stopped = |_| ApiError::internal("the local stack has stopped");
        answer.await.map_err(stopped)?
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

fn serve(conn: &Connection, inbox: &mpsc::Receiver<Message>, env: &Env, ids: &Ids) {
    while let Ok(Message::Work(first)) = inbox.recv() {
        let mut closing = false;
        let waiting = inbox.try_iter().map_while(|message| match message {
            Message::Work(job) => Some(job),
            Message::Close => {
                closing = true;
                None
            }
        });
        let batch: Vec<Job> = std::iter::once(first).chain(waiting).take(BATCH).collect();
        commit_together(conn, batch, env, ids);
        if closing {
            return;
        }
    }
}

/// Runs the jobs of one batch, commits, wakes and answers, in this order.
fn commit_together(conn: &Connection, batch: Vec<Job>, env: &Env, ids: &Ids) {
    let tx = Tx { conn, env, now_ms: env.clock.now_ms(), ids, wakes: RefCell::default() };
    let mut replies = Vec::with_capacity(batch.len());
    let mut state = conn.execute_batch("BEGIN IMMEDIATE");
    for job in batch {
        replies.push(match &state {
            Ok(()) => attempt(&tx, job, &mut state),
            Err(_) => job(None).reply,
        });
    }
    let committed = finish(conn, state);
    if committed.is_ok() {
        let wakes = tx.wakes.take();
        wakes.into_iter().for_each(|topic| env.signals.wake(topic));
    }
    for reply in replies {
        reply(committed.clone());
    }
}

/// Runs one job in a savepoint; `state` turns bad if the database gave up the transaction.
fn attempt(tx: &Tx<'_>, job: Job, state: &mut rusqlite::Result<()>) -> Reply {
    let opened = tx.conn.execute_batch("SAVEPOINT job");
    let outcome = job(Some(tx));
    let end = if outcome.keep { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
    *state = opened.and_then(|()| tx.conn.execute_batch(end));
    outcome.reply
}

fn finish(conn: &Connection, state: rusqlite::Result<()>) -> Result<(), ApiError> {
    let end = state.and_then(|()| conn.execute_batch("COMMIT"));
    end.map_err(|error| {
        if !conn.is_autocommit() && conn.execute_batch("ROLLBACK").is_err() {
            tracing::error!("the local store could not roll back");
        }
        ApiError::from(error)
    })
}

#[cfg(test)]
mod tests;
