//! The policy in force, wherever it comes from.
//!
//! As long as no revision was ever published, it is the folder that the function was delivered with. From then on the
//! table's pointer says which revision decides; it is looked at again after two seconds, so a published revision, or one
//! that was rolled back to, decides everywhere within seconds. A revision that cannot be loaded, or whose bundle is not
//! the one that was agreed to, is not taken: the last good one goes on judging, and [`Policies::problem`] says so.

use domain::{
    Actor, Digest,
    revision::{Kept, Reign},
};
use policy::{Live, Policy};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};
use store::{
    Store, StoreError,
    revisions::{Keep, Pointers},
};
use time::{Duration, OffsetDateTime};

/// How old what is known of the pointers may be.
const EVERY: Duration = Duration::seconds(2);
/// How long a revision that could not be loaded is left alone.
const AGAIN: Duration = Duration::seconds(30);

/// A handle on the policy in force.
#[derive(Debug)]
pub struct Policies {
    delivered: Arc<Live>,
    store: Store,
    state: RwLock<State>,
    turn: tokio::sync::Mutex<()>,
    kept: Mutex<BTreeSet<String>>,
}

#[derive(Debug, Default)]
struct State {
    looked: Option<OffsetDateTime>,
    /// Whether the table ever said what decides.
    told: bool,
    live: Option<Loaded>,
    shadow: Option<Loaded>,
    refused: Vec<Refused>,
    problem: Option<String>,
}

/// A revision that was loaded.
#[derive(Debug, Clone)]
struct Loaded {
    kept: Kept,
    policy: Arc<Policy>,
}

/// A revision that could not be.
#[derive(Debug, Clone)]
struct Refused {
    kept: Kept,
    why: String,
    at: OffsetDateTime,
}

impl Policies {
    /// The folder `dir` until a revision is published; see [`Live::open`].
    #[must_use]
    pub fn new(dir: &Path, last_good: Option<PathBuf>, store: Store) -> Self {
        Self::over(Arc::new(Live::open(dir, last_good)), store)
    }

    /// The same folder with another handle on the table.
    #[must_use]
    pub fn read_from(&self, store: Store) -> Self {
        Self::over(Arc::clone(&self.delivered), store)
    }

    fn over(delivered: Arc<Live>, store: Store) -> Self {
        Self { delivered, store, state: RwLock::default(), turn: tokio::sync::Mutex::default(), kept: Mutex::default() }
    }

    /// The policy in force as far as it is known without asking the table.
    #[must_use]
    pub fn current(&self, now: OffsetDateTime) -> Arc<Policy> {
        self.read(|state| state.live.as_ref().map(|live| Arc::clone(&live.policy)))
            .unwrap_or_else(|| self.delivered.current(now))
    }

    /// The policy in force, for whoever acts on it: nothing as long as the table never said which one that is.
    ///
    /// # Errors
    /// When the table does not answer, and never did.
    pub async fn in_force(&self, now: OffsetDateTime) -> Result<Arc<Policy>, StoreError> {
        self.refresh(now).await;
        if self.read(|state| state.told) {
            return Ok(self.current(now));
        }
        let why = self.read(|state| state.problem.clone()).unwrap_or_default();
        Err(StoreError::Retry(why))
    }

    /// The draft that judges beside it, where one does.
    #[must_use]
    pub fn shadow(&self) -> Option<Arc<Policy>> {
        self.read(|state| state.shadow.as_ref().map(|shadow| Arc::clone(&shadow.policy)))
    }

    /// Whether a published revision decides, and not the folder.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.read(|state| state.live.is_some())
    }

    /// What is wrong: a revision or a folder that is not taken, or a table that does not answer.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let (published, problem) = self.read(|state| (state.live.is_some(), state.problem.clone()));
        let folder = if published { None } else { self.delivered.problem() };
        problem.or(folder)
    }

    /// Looks at the pointers, if the last look is two seconds or more before `now`.
    pub async fn refresh(&self, now: OffsetDateTime) {
        if !self.due(now) {
            return;
        }
        let _turn = self.turn.lock().await;
        if self.due(now) {
            self.look(now).await;
        }
    }

    /// Looks at the pointers, however long ago that was done.
    pub async fn renew(&self, now: OffsetDateTime) {
        let _turn = self.turn.lock().await;
        self.look(now).await;
    }

    async fn look(&self, now: OffsetDateTime) {
        match self.store.pointers().await {
            Ok(pointers) => self.follow(pointers, now).await,
            Err(error) => {
                tracing::warn!(%error, "the table does not say which policy decides");
                self.write(|state| {
                    state.looked = Some(now);
                    state.problem = Some(format!("the table does not say which policy decides: {error}"));
                });
            }
        }
    }

    async fn follow(&self, Pointers { in_force, shadow }: Pointers, now: OffsetDateTime) {
        let mut problems = Vec::new();
        let live = match &in_force {
            Some(row) => {
                let reign = row.value.at(now);
                let before = row.value.before.clone();
                self.live(reign, before, now, &mut problems).await
            }
            None => None,
        };
        let draft = shadow.and_then(|row| row.value.draft);
        let shadow = match &draft {
            Some(kept) => self.load(kept, self.read(|state| state.shadow.clone()), now).await,
            None => Ok(None),
        };
        let shadow = shadow.unwrap_or_else(|why| {
            problems.push(format!("the draft that should judge beside it cannot be loaded: {why}"));
            None
        });
        let problem = (!problems.is_empty()).then(|| problems.join("\n"));
        self.write(|state| {
            state.refused.retain(|refused| now - refused.at < AGAIN);
            (state.looked, state.told, state.live, state.shadow) = (Some(now), true, live, shadow);
            state.problem = problem;
        });
    }

    /// The revision of `reign`; where it cannot be loaded the last good one, or the one before it.
    async fn live(
        &self,
        reign: &Reign,
        before: Option<Kept>,
        now: OffsetDateTime,
        problems: &mut Vec<String>,
    ) -> Option<Loaded> {
        let known = self.read(|state| state.live.clone());
        let why = match self.load(&reign.kept(), known.clone(), now).await {
            Ok(loaded) => return loaded,
            Err(why) => why,
        };
        let last = match (known, before) {
            (Some(known), _) => Some(known),
            (None, Some(before)) => self.load(&before, None, now).await.ok().flatten(),
            (None, None) => None,
        };
        let decides = last.as_ref().map_or_else(|| self.delivered.current(now), |last| Arc::clone(&last.policy));
        tracing::error!(policy.revision = %reign.revision, %why, "a published revision is not taken");
        problems.push(format!(
            "revision {} cannot be loaded: {why}\nuntil then the last good revision {} decides: roll back, or publish again",
            short(reign.revision.as_str()),
            short(decides.revision()),
        ));
        last
    }

    /// A revision: `known` where it is that one, else from the table, if its bundle is what it should be.
    async fn load(&self, kept: &Kept, known: Option<Loaded>, now: OffsetDateTime) -> Result<Option<Loaded>, String> {
        // What judges is checked before it judges; the texts when there is time, at the look after.
        let known = known.filter(|known| known.kept == *kept);
        if known.as_ref().is_some_and(|known| known.policy.whole().is_ok()) {
            return Ok(known);
        }
        let lately = |refused: &&Refused| refused.kept == *kept && now - refused.at < AGAIN && now >= refused.at;
        if let Some(why) = self.read(|state| state.refused.iter().find(lately).map(|refused| refused.why.clone())) {
            return Err(why);
        }
        let bytes = self.store.bundle(kept).await.map_err(|error| match error {
            StoreError::Retry(why) => why,
            error => self.refused(kept, &error, now),
        })?;
        let open = if known.is_some() { Policy::open } else { Policy::open_to_judge };
        let policy = open(&bytes, kept.bundle.as_str()).map_err(|error| self.refused(kept, &error, now))?;
        if policy.revision() != kept.revision.as_str() {
            return Err(self.refused(kept, &format!("its files are those of {}", short(policy.revision())), now));
        }
        tracing::info!(policy.revision = %kept.revision, "a revision was loaded");
        Ok(Some(Loaded { kept: kept.clone(), policy: Arc::new(policy) }))
    }

    fn refused(&self, kept: &Kept, why: &dyn std::fmt::Display, at: OffsetDateTime) -> String {
        let refused = Refused { kept: kept.clone(), why: why.to_string(), at };
        self.write(|state| {
            state.refused.retain(|earlier| earlier.kept != *kept);
            state.refused.push(refused.clone());
        });
        refused.why
    }

    /// Keeps the revision that the function was delivered with in the table, once, so that every decision can be
    /// replayed. What fails is tried again with the next decision, and holds up none.
    pub async fn keep(&self, policy: &Policy, by: &str, now: OffsetDateTime) {
        if self.is_published() || policy.revision().len() != 64 || self.is_kept(policy.revision()) {
            return;
        }
        match self.keep_now(policy, by, now).await {
            Ok(()) => {
                let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert(policy.revision().to_owned());
            }
            Err(error) => tracing::warn!(error, "the revision that decides is not kept yet"),
        }
    }

    async fn keep_now(&self, policy: &Policy, by: &str, now: OffsetDateTime) -> Result<(), String> {
        let bundle = policy.bundle().map_err(|error| error.to_string())?;
        let (revision, sha256) = (Digest::try_from(bundle.revision)?, Digest::try_from(bundle.sha256)?);
        let keep = Keep { revision: &revision, bundle: &sha256, bytes: &bundle.bytes, delivered: true };
        let by = Actor::Function(by.to_owned());
        self.store.keep_revision(keep, by, now).await.map(drop).map_err(|error| error.to_string())
    }

    fn is_kept(&self, revision: &str) -> bool {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).contains(revision)
    }

    fn due(&self, now: OffsetDateTime) -> bool {
        self.read(|state| state.looked.is_none_or(|looked| now - looked >= EVERY || now < looked))
    }

    fn read<T>(&self, get: impl FnOnce(&State) -> T) -> T {
        get(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, set: impl FnOnce(&mut State)) {
        set(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
    }
}

fn short(revision: &str) -> &str {
    revision.get(..12).unwrap_or(revision)
}
