//! That somebody who may decide was here: where nobody is for long, policy asks for more consent.

use super::App;
use domain::Role;
use identity::Person;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{CommitError, Store, StoreError, fact::Fact};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The least seconds between two notes of this process.
const EVERY: i64 = 600;
/// The fact, and its field.
const APPROVERS: &str = "approvers";
const SEEN: &str = "seen";

/// When this process last noted that an approver was here, in seconds since 1970.
#[derive(Debug, Default)]
pub(super) struct Presence(AtomicI64);

impl Presence {
    /// Notes that `person` is here, if they are one who may decide. What goes wrong changes nothing for them.
    pub(super) async fn note(&self, app: &App, person: &Person) {
        let now = app.now();
        let (seconds, last) = (now.unix_timestamp(), self.0.load(Ordering::Relaxed));
        if !decides(person) || (last != 0 && seconds - last < EVERY) {
            return;
        }
        if self.0.compare_exchange(last, seconds, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        if let Err(error) = write(app, now).await {
            self.0.store(last, Ordering::Relaxed);
            tracing::warn!(%error, "it is not noted that an approver was here");
        }
    }
}

/// Whether the person has a role that decides anything at all.
fn decides(person: &Person) -> bool {
    !person.is_machine() && person.roles.iter().any(|role| !matches!(role, Role::Auditor | Role::Agent))
}

/// When somebody who may decide was last here, to the nearest minutes that it is noted; `None` while nobody was yet.
///
/// # Errors
/// When the table does not answer or the row cannot be understood.
pub(crate) async fn last_seen(store: &Store) -> Result<Option<OffsetDateTime>, StoreError> {
    Ok(store.fact(APPROVERS).await?.map(|fact| fact.at))
}

async fn write(app: &App, now: OffsetDateTime) -> Result<(), CommitError> {
    let seen = now.format(&Rfc3339).unwrap_or_default();
    let mut tx = app.env().store().tx(now);
    tx.note(&Fact { source: APPROVERS.to_owned(), fields: [(SEEN.to_owned(), seen)].into(), at: now })?;
    tx.commit().await
}
