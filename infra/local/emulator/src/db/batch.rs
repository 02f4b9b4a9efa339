//! The thread that owns the connection.

use std::cell::RefCell;
use std::sync::{Arc, mpsc};

use rusqlite::Connection;
use uuid::Uuid;

use super::{Ids, Job, Message, Reply, Tx};
use crate::env::Env;
use crate::http::ApiError;

/// How many waiting jobs share one commit.
const BATCH: usize = 256;

/// The connection and what its transactions see.
pub(super) struct Store {
    conn: Connection,
    env: Arc<Env>,
    ids: Ids,
    /// Whether commits are synced at present.
    synced: bool,
}

impl Store {
    pub(super) fn new(conn: Connection, env: Arc<Env>, session: Uuid) -> Self {
        Self { conn, env, ids: Ids { session, last: RefCell::new(0) }, synced: true }
    }

    /// Works until it is closed or nobody can send work any more.
    pub(super) fn serve(&mut self, inbox: &mpsc::Receiver<Message>) {
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
            self.commit_together(batch);
            if closing {
                return;
            }
        }
    }

    /// Runs the jobs of one batch, commits, wakes and answers, in this order.
    fn commit_together(&mut self, batch: Vec<Job>) {
        let mut state = self.sync(batch.iter().any(|job| job.synced));
        let (conn, env) = (&self.conn, &*self.env);
        let tx = Tx { conn, env, now_ms: env.clock.now_ms(), ids: &self.ids, wakes: RefCell::default() };
        state = state.and_then(|()| conn.execute_batch("BEGIN IMMEDIATE"));
        let replies: Vec<Reply> = batch.into_iter().map(|job| attempt(&tx, job, &mut state)).collect();
        let committed = finish(conn, state);
        if committed.is_ok() {
            tx.wakes.take().into_iter().for_each(|topic| env.signals.wake(topic));
        }
        for reply in replies {
            reply(committed.clone());
        }
    }

    /// A synced commit also syncs the unsynced ones before it: they are in the same log.
    fn sync(&mut self, synced: bool) -> rusqlite::Result<()> {
        if self.synced != synced {
            let level = if synced { "FULL" } else { "NORMAL" };
            self.conn.pragma_update(None, "synchronous", level)?;
            self.synced = synced;
        }
        Ok(())
    }
}

/// Runs one job in a savepoint; `state` turns bad if the database gave up the transaction, and
/// the jobs after that are refused.
fn attempt(tx: &Tx<'_>, job: Job, state: &mut rusqlite::Result<()>) -> Reply {
    if state.is_ok() {
        *state = tx.conn.execute_batch("SAVEPOINT job");
    }
    if state.is_err() {
        return (job.work)(None).reply;
    }
    let outcome = (job.work)(Some(tx));
    let end = if outcome.keep { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
    *state = tx.conn.execute_batch(end);
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
