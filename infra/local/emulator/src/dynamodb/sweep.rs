//! Time to live, and the end of old stream records.
//!
//! The engine's own sweep reads the machine's clock when the data is a file. This one opens a
//! second connection that reads the shared clock, and holds the gate so that no call runs
//! meanwhile: an item is judged and deleted as it stands.

use std::sync::Arc;
use std::time::Duration;

use dynoxide::storage::Storage;
use dynoxide::{storage_backend, ttl};
use rusqlite::Connection;

use super::Engine;
use crate::env::{Core, Env};
use crate::http::ApiError;
use crate::signals::Topic;
use crate::streams;
use crate::tasks::Stop;

/// How long DynamoDB keeps stream records.
const STREAM_RETENTION_S: i64 = 24 * 60 * 60;

/// Drops records that are past their time, unless a reader with a checkpoint still needs them;
/// the last one of a table stays, because the engine numbers the next one from it.
const TRIM: &str = "DELETE FROM _stream_records
    WHERE table_name = ?1 AND created_at < ?2
      AND (?3 IS NULL OR CAST(sequence_number AS INTEGER) <= ?3)
      AND id < (SELECT max(id) FROM _stream_records WHERE table_name = ?1)";

struct Shared(Arc<Env>);

impl storage_backend::Clock for Shared {
    fn now_unix_secs(&self) -> u64 {
        u64::try_from(self.0.clock.now_ms() / 1000).unwrap_or(0)
    }

    fn now_unix_secs_f64(&self) -> f64 {
        let ms = u64::try_from(self.0.clock.now_ms()).unwrap_or(0);
        Duration::from_millis(ms).as_secs_f64()
    }
}

impl Engine {
    /// Deletes the items that are past their time to live and returns how many.
    pub(crate) async fn sweep(&self, core: &Core) -> Result<usize, ApiError> {
        let needed = streams::oldest_checkpoints(&core.db).await?;
        let _alone = self.gate.write().await;
        let (location, env) = (self.location.clone(), core.env.clone());
        let work = move || sweep_now(&location, &env, &needed);
        let swept = tokio::task::spawn_blocking(work).await;
        let deleted = swept.map_err(|e| ApiError::internal(e.to_string()))??;
        if deleted > 0 {
            core.env.signals.wake(Topic::Tables);
        }
        Ok(deleted)
    }
}

fn sweep_now(location: &str, env: &Arc<Env>, needed: &[(String, i64)]) -> Result<usize, ApiError> {
    let failed = |e: dynoxide::DynoxideError| ApiError::internal(format!("sweep failed: {e}"));
    let storage = Storage::new(location).map_err(failed)?;
    let storage = storage.with_clock(Arc::new(Shared(env.clone())));
    let runtime = tokio::runtime::Handle::current();
    let deleted = runtime.block_on(ttl::sweep_expired_items(&storage)).map_err(failed)?;
    trim(&Connection::open(location)?, env.clock.now_ms() / 1000, needed)?;
    Ok(deleted)
}

fn trim(conn: &Connection, now_s: i64, needed: &[(String, i64)]) -> rusqlite::Result<()> {
    conn.busy_timeout(Duration::from_secs(5))?;
    let tables: Vec<String> = conn
        .prepare("SELECT table_name FROM _tables")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let read = needed.iter().find(|(name, _)| *name == table).map(|(_, at)| at);
        let oldest = now_s.saturating_sub(STREAM_RETENTION_S);
        conn.execute(TRIM, rusqlite::params![table, oldest, read])?;
    }
    Ok(())
}

/// Sweeps every `interval` of the shared clock until asked to stop.
pub(crate) async fn sweep_regularly(engine: Arc<Engine>, core: Arc<Core>, interval: Duration, stop: Stop) {
    let interval = i64::try_from(interval.as_millis()).unwrap_or(i64::MAX).max(1);
    loop {
        let next = core.env.clock.now_ms().saturating_add(interval);
        tokio::select! {
            () = stop.requested() => return,
            () = core.env.clock.sleep_until(next) => {}
        }
        if let Err(error) = engine.sweep(&core).await {
            tracing::error!(%error, "expired items could not be swept");
        }
    }
}
