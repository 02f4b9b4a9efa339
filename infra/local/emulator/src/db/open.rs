//! Opening the data: is the folder usable, is the file ours, is nobody else using it.

use std::path::Path;

use rusqlite::Connection;
use uuid::Uuid;

use crate::error::StartError;
use crate::{events, scheduler, secrets, sqs, streams};

/// Marks the file as ours (the letters `EMUL`).
const APPLICATION_ID: i64 = 0x454D_554C;
/// Raised whenever the tables change.
const FORMAT: i64 = 1;

/// Creates the folder if needed and proves that it can be written, by writing.
pub(crate) fn check_folder(folder: &Path) -> Result<(), StartError> {
    let probe = folder.join(".probe");
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, [0; 65_536]))
        .and_then(|()| std::fs::remove_file(&probe));
    written.map_err(|e| {
        // A full disk may leave an empty file; what matters is reported below.
        let _ = std::fs::remove_file(&probe);
        StartError::io(folder, &e)
    })
}

/// Opens (or creates) the store and returns what its ids are derived from. The file stays
/// locked while it is open; the system releases the lock of a killed process.
pub(crate) fn open(path: Option<&Path>, seed: u64) -> Result<(Connection, Uuid), StartError> {
    let Some(path) = path else {
        let failed = |e| StartError::sqlite(Path::new(":memory:"), &e);
        let conn = Connection::open_in_memory().map_err(failed)?;
        prepare(&conn).map_err(failed)?;
        return Ok((conn, Uuid::from_u64_pair(0, seed)));
    };
    own(path)?;
    let failed = |e| StartError::sqlite(path, &e);
    let conn = Connection::open(path).map_err(failed)?;
    conn.busy_timeout(std::time::Duration::from_secs(1)).map_err(failed)?;
    recognise(&conn, path)?;
    conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
        .map_err(failed)?;
    prepare(&conn).map_err(failed)?;
    let session: [u8; 16] = conn.query_row("SELECT randomblob(16)", [], |row| row.get(0)).map_err(failed)?;
    Ok((conn, Uuid::from_bytes(session)))
}

fn recognise(conn: &Connection, path: &Path) -> Result<(), StartError> {
    let failed = |e| StartError::sqlite(path, &e);
    let number = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(failed);
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let found = number("PRAGMA user_version")?;
    if tables > 0 && number("PRAGMA application_id")? != APPLICATION_ID {
        return Err(StartError::NotOurs { path: path.to_owned() });
    }
    if found > FORMAT {
        return Err(StartError::Newer { path: path.to_owned(), found, known: FORMAT });
    }
    Ok(())
}

/// Creates what is missing. Messages that were in flight when the process ended have lost
/// their consumer, which lived in this process: they are visible again at once.
fn prepare(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(128);
    conn.execute_batch("PRAGMA foreign_keys = ON; BEGIN IMMEDIATE;")?;
    for schema in [sqs::SCHEMA, events::SCHEMA, scheduler::SCHEMA, secrets::SCHEMA, streams::SCHEMA] {
        conn.execute_batch(schema)?;
    }
    conn.execute_batch(sqs::RELEASE_IN_FLIGHT)?;
    conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    conn.pragma_update(None, "user_version", FORMAT)?;
    conn.execute_batch("COMMIT")
}

/// Creates the file if it is missing, readable by its owner only: SQLite gives the files it puts
/// beside it the same rights.
pub(crate) fn own(path: &Path) -> Result<(), StartError> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|e| StartError::io(path, &e))
}
