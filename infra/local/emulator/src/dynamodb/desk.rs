//! One thread that puts calls to the engine, and one that syncs what they wrote.
//!
//! The engine works on one call at a time and commits each by itself. Left to itself it also syncs each by
//! itself, and then the disk decides how many there can be. So the engine is told to leave that to us
//! (`synchronous = NORMAL`: it still syncs around every checkpoint), and no call that wrote is answered
//! before the log was synced after its commit: all calls that were committed during one sync share the next.
//! What is acknowledged survives a power cut, as with `synchronous = FULL`.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use dynoxide::Database;
use tokio::sync::{OwnedRwLockReadGuard, oneshot};

use super::ask::{Ask, Told};
use crate::env::Env;
use crate::error::StartError;
use crate::http::ApiError;
use crate::signals::Topic;

/// Where calls are handed in.
pub(super) struct Desk {
    calls: Mutex<Option<mpsc::Sender<Call>>>,
    syncs: Mutex<Option<mpsc::Sender<Done>>>,
    written: Arc<Written>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// A call on its way to the engine. The guard keeps sweeps away until it was put.
struct Call {
    ask: Ask,
    reply: oneshot::Sender<Result<Told, ApiError>>,
    guard: OwnedRwLockReadGuard<()>,
}

/// A call that was put and may be answered once it is on disk.
struct Done {
    told: Told,
    reply: oneshot::Sender<Result<Told, ApiError>>,
}

/// How many writes were committed, and how many of them are on disk.
#[derive(Default)]
struct Written {
    committed: AtomicU64,
    synced: AtomicU64,
}

impl Desk {
    /// Starts both threads. Without a `log` there is nothing to sync.
    pub(super) fn open(db: Database, log: Option<PathBuf>, env: Arc<Env>) -> Result<Self, StartError> {
        let (calls, inbox) = mpsc::channel();
        let (syncs, outbox) = mpsc::channel();
        let written = Arc::<Written>::default();
        let clerk = Clerk { db, env: env.clone(), syncs: syncs.clone(), written: written.clone() };
        let syncer = Syncer { log, file: None, env, written: written.clone() };
        let threads = vec![
            thread("emulator-engine", move || clerk.work(&inbox))?,
            thread("emulator-sync", move || syncer.work(&outbox))?,
        ];
        let threads = Mutex::new(threads);
        Ok(Self { calls: Mutex::new(Some(calls)), syncs: Mutex::new(Some(syncs)), written, threads })
    }

    /// Hands a call in; the answer comes once what it wrote is on disk.
    pub(super) async fn put(&self, ask: Ask, guard: OwnedRwLockReadGuard<()>) -> Result<Told, ApiError> {
        let (reply, told) = oneshot::channel();
        let sent = sender(&self.calls).is_some_and(|calls| calls.send(Call { ask, reply, guard }).is_ok());
        if sent { told.await.map_err(|_| stopped())? } else { Err(stopped()) }
    }

    /// Resolves once everything that was committed so far is on disk.
    pub(super) async fn synced(&self, wrote_beside: bool) -> Result<(), ApiError> {
        if wrote_beside {
            self.written.committed.fetch_add(1, Ordering::SeqCst);
        }
        if self.written.all_synced() {
            return Ok(());
        }
        let (reply, told) = oneshot::channel();
        let sent = sender(&self.syncs).map(|syncs| syncs.send(Done { told: Told::Refused, reply }));
        match sent {
            Some(Ok(())) => told.await.map_err(|_| stopped())?.map(drop),
            _ => Err(stopped()),
        }
    }

    /// Ends both threads once they have done what was handed in.
    pub(super) fn close(&self) {
        take(&self.calls);
        take(&self.syncs);
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a database thread of the local stack ended in a panic");
            }
        }
    }
}

fn sender<T>(place: &Mutex<Option<mpsc::Sender<T>>>) -> Option<mpsc::Sender<T>> {
    place.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn take<T>(place: &Mutex<Option<mpsc::Sender<T>>>) {
    place.lock().unwrap_or_else(PoisonError::into_inner).take();
}

fn stopped() -> ApiError {
    ApiError::internal("the local stack has stopped")
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StartError> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map_err(|error| StartError::io(&PathBuf::from(name), &error))
}

impl Written {
    fn all_synced(&self) -> bool {
        self.synced.load(Ordering::SeqCst) >= self.committed.load(Ordering::SeqCst)
    }
}

/// Puts calls to the engine, in the order they came.
struct Clerk {
    db: Database,
    env: Arc<Env>,
    syncs: mpsc::Sender<Done>,
    written: Arc<Written>,
}

impl Clerk {
    fn work(self, inbox: &mpsc::Receiver<Call>) {
        for Call { ask, reply, guard } in inbox {
            let writes = ask.writes();
            let meter = self.env.faults.meters().then_some(&self.env.faults);
            let told = ask.put_to(&self.db, meter);
            drop(guard);
            if !writes {
                // Nobody listens any more when the caller went away.
                let _ = reply.send(Ok(told));
                continue;
            }
            self.written.committed.fetch_add(1, Ordering::SeqCst);
            if self.syncs.send(Done { told, reply }).is_err() {
                return;
            }
        }
    }
}

/// Syncs the log, answers, and wakes the readers of streams.
struct Syncer {
    log: Option<PathBuf>,
    file: Option<File>,
    env: Arc<Env>,
    written: Arc<Written>,
}

impl Syncer {
    fn work(mut self, outbox: &mpsc::Receiver<Done>) {
        while let Ok(first) = outbox.recv() {
            let waiting: Vec<Done> = std::iter::once(first).chain(outbox.try_iter()).collect();
            let committed = self.written.committed.load(Ordering::SeqCst);
            let synced = self.sync().map_err(|error| failed(&error));
            if synced.is_ok() {
                self.written.synced.fetch_max(committed, Ordering::SeqCst);
            }
            self.env.signals.wake(Topic::Tables);
            for Done { told, reply } in waiting {
                let _ = reply.send(synced.clone().map(|()| told));
            }
        }
    }

    /// The engine keeps one log file as long as it is open, so one handle serves.
    fn sync(&mut self) -> io::Result<()> {
        let Some(path) = &self.log else { return Ok(()) };
        if self.file.is_none() {
            self.file = Some(File::options().read(true).write(true).open(path)?);
        }
        self.file.as_ref().map_or(Ok(()), File::sync_data)
    }
}

fn failed(error: &io::Error) -> ApiError {
    tracing::error!(%error, "the local database could not be synced");
    ApiError::internal(format!("the local database could not be synced: {error}"))
}
