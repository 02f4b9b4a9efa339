//! Starting and stopping the engine.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use dynoxide::{Database, DynoxideError};
use rusqlite::Connection;
use tokio::sync::{RwLock, oneshot};

use super::ask::{Ask, Told};
use super::desk::Desk;
use crate::db::own;
use crate::env::Env;
use crate::error::StartError;
use crate::http::ApiError;

/// The engine numbers a stream record from the highest number of the table. Without an index
/// it reads the whole stream for that on every write, and on every read of the stream.
const STREAM_INDEX: &str = "CREATE INDEX IF NOT EXISTS emulator_stream_order
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER))";

static IN_MEMORY: AtomicU64 = AtomicU64::new(0);

/// The running engine.
pub(crate) struct Engine {
    pub(crate) db: Database,
    /// What a second connection to the same data opens.
    pub(crate) location: String,
    /// Where the engine itself listens.
    pub(crate) address: SocketAddr,
    /// Held for reading by every call and for writing by a sweep, which deletes through a
    /// connection of its own and must not meet a half-done write.
    pub(crate) gate: Arc<RwLock<()>>,
    desk: Desk,
    server: Mutex<Option<Server>>,
}

struct Server {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Engine {
    /// Opens the file, or memory without one, and starts to serve it.
    pub(crate) fn start(file: Option<&Path>, env: Arc<Env>) -> Result<Self, StartError> {
        let (path, location) = match file {
            Some(path) => (path, path.to_string_lossy().into_owned()),
            None => {
                let number = IN_MEMORY.fetch_add(1, Ordering::Relaxed);
                (Path::new(":memory:"), format!("file:/emulator-{number}?vfs=memdb"))
            }
        };
        file.map_or(Ok(()), own)?;
        recognise(path, &location)?;
        let db = Database::new(&location).map_err(|e| unusable(path, e))?;
        let index = Connection::open(&location).and_then(|conn| conn.execute_batch(STREAM_INDEX));
        index.map_err(|e| StartError::sqlite(path, &e))?;
        // From here on the desk syncs. The name is the engine's: it sets what it calls its usual pragmas.
        db.disable_bulk_loading().map_err(|e| unusable(path, e))?;
        let desk = Desk::open(db.clone(), file.map(log), env)?;
        let (server, address) = serve(db.clone())?;
        Ok(Self { db, location, address, gate: Arc::default(), desk, server: Mutex::new(Some(server)) })
    }

    /// Has the engine do `ask` and waits until what it wrote is on disk. The work goes on even if the
    /// caller does not wait.
    pub(super) async fn put(&self, ask: Ask) -> Result<Told, ApiError> {
        let guard = self.gate.clone().read_owned().await;
        self.desk.put(ask, guard).await
    }

    /// Resolves once all that was committed so far is on disk, also what the engine's server wrote if it
    /// just did.
    pub(crate) async fn synced(&self, served: bool) -> Result<(), ApiError> {
        self.desk.synced(served).await
    }

    /// Finishes the running calls and ends the thread.
    pub(crate) fn stop(&self) {
        self.desk.close();
        let server = self.server.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(server) = server else { return };
        // A failed send means that the thread has ended already.
        let _ = server.stop.send(());
        if server.thread.join().is_err() {
            tracing::error!("the database thread of the local stack ended in a panic");
        }
    }
}

/// SQLite's log beside its file.
fn log(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// A file with tables must have the engine's own among them.
fn recognise(path: &Path, location: &str) -> Result<(), StartError> {
    let found = Connection::open(location).and_then(|conn| {
        let sql = "SELECT count(*), coalesce(sum(name = '_stream_records'), 0) FROM sqlite_schema";
        conn.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
    });
    match found.map_err(|e| StartError::sqlite(path, &e))? {
        (0, _) | (_, 1..) => Ok(()),
        _ => Err(StartError::NotOurs { path: path.to_owned() }),
    }
}

fn unusable(path: &Path, error: DynoxideError) -> StartError {
    match error {
        DynoxideError::SqliteError(cause) => StartError::sqlite(path, &cause),
        other => StartError::Unusable { path: path.to_owned(), cause: other.to_string() },
    }
}

fn serve(db: Database) -> Result<(Server, SocketAddr), StartError> {
    let failed = |e| StartError::bind(0, e);
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = async move {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(|e| e.to_string())?;
        let shutdown = async move {
            // An error means that the owner was dropped, which is a stop as well.
            let _ = stopped.await;
        };
        dynoxide::server::serve_with_shutdown(listener, db, shutdown).await
    };
    let thread = std::thread::Builder::new()
        .name("emulator-dynamodb".to_owned())
        .spawn(move || {
            if let Err(error) = runtime.block_on(serving) {
                tracing::error!(error, "the database of the local stack ended");
            }
        })
        .map_err(failed)?;
    Ok((Server { stop, thread }, address))
}
