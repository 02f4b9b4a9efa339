//! A policy that follows its files, or its bundle.
//!
//! Nothing is read before somebody asks: a function whose policy is a published revision never needs it.
//!
//! A running function picks up an edited policy by itself. An edit that does not hold is not taken: the
//! last good revision goes on judging, and [`Live::problem`] says what to fix. The last good files are
//! kept beside the state, so that a restart with a broken file still has them.

use crate::{Policy, PolicyError, source};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, Once, PoisonError, RwLock},
    time::SystemTime,
};
use time::{Duration, OffsetDateTime};

/// How often the files are looked at.
const EVERY: Duration = Duration::SECOND;

/// Names, sizes and times of the files: equal while nobody edits them.
type Stamp = Vec<(PathBuf, u64, Option<SystemTime>)>;

/// A handle on the policy in a folder, or in a bundle.
#[derive(Debug)]
pub struct Live {
    path: PathBuf,
    last_good: Option<PathBuf>,
    opened: Once,
    /// Held by who reads edited files: others wait for what they say, and do not go on with what they said before.
    turn: Mutex<()>,
    state: RwLock<State>,
}

#[derive(Debug)]
struct State {
    policy: Arc<Policy>,
    problem: Option<String>,
    stamp: Option<Stamp>,
    looked: Option<OffsetDateTime>,
}

impl Live {
    /// The policy in `path`: a folder of rule files, or the bundle of one. It is opened when it is first asked for. If it
    /// is broken, the last good files in `last_good` are used; if there are none either, every judgement is HIGH until
    /// the files are mended.
    #[must_use]
    pub fn open(path: &Path, last_good: Option<PathBuf>) -> Self {
        let state = State { policy: Arc::new(Policy::none()), problem: None, stamp: None, looked: None };
        let (opened, turn) = (Once::new(), Mutex::default());
        Self { path: path.to_owned(), last_good, opened, turn, state: RwLock::new(state) }
    }

    /// The policy in force, after a look at the files if the last one is a second or more before `now`.
    ///
    /// As long as there has never been a good one, it is a policy that answers nothing: every judgement
    /// is HIGH with the code `policy_error`, and every other rule an error.
    #[must_use]
    pub fn current(&self, now: OffsetDateTime) -> Arc<Policy> {
        self.ready();
        if self.due(now) {
            let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
            if self.due(now) {
                self.reload(Some(now));
            }
        }
        self.known()
    }

    /// What is wrong with the files, if anything: file, line, column and what to do.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        self.ready();
        self.read(|state| state.problem.clone())
    }

    fn ready(&self) {
        self.opened.call_once(|| {
            self.reload(None);
            if self.known().is_none() {
                self.restore();
            }
        });
    }

    fn known(&self) -> Arc<Policy> {
        self.read(|state| Arc::clone(&state.policy))
    }

    fn read<T>(&self, get: impl FnOnce(&State) -> T) -> T {
        get(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, set: impl FnOnce(&mut State)) {
        set(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
    }

    fn due(&self, now: OffsetDateTime) -> bool {
        self.read(|state| state.looked.is_none_or(|looked| now - looked >= EVERY || now < looked))
    }

    fn reload(&self, now: Option<OffsetDateTime>) {
        let stamp = stamp(&self.path).ok();
        let same = stamp.is_some() && self.read(|state| state.stamp == stamp);
        if !same {
            match Policy::delivered(&self.path) {
                Ok(policy) => self.take(policy, stamp),
                Err(cause) => self.refuse(&cause, stamp),
            }
        }
        self.write(|state| state.looked = now);
    }

    fn take(&self, policy: Policy, stamp: Option<Stamp>) {
        let kept = self.last_good.as_deref().map_or(Ok(()), |to| keep(to, policy.sources()));
        let problem = kept.err().map(|cause| format!("the last good policy could not be kept: {cause}"));
        self.write(|state| {
            state.policy = Arc::new(policy);
            state.problem = problem;
            state.stamp = stamp;
        });
    }

    fn refuse(&self, cause: &PolicyError, stamp: Option<Stamp>) {
        self.write(|state| {
            state.problem = Some(refusal(cause, &state.policy));
            state.stamp = stamp;
        });
    }

    fn restore(&self) {
        let Some(kept) = &self.last_good else { return };
        let Ok(policy) = Policy::load(kept).or_else(|_| Policy::load(&beside(kept))) else { return };
        self.write(|state| {
            let problem = state.problem.take().unwrap_or_default();
            state.problem = Some(format!("{problem}\n{}", meanwhile(&policy)));
            state.policy = Arc::new(policy);
        });
    }
}

fn refusal(cause: &PolicyError, policy: &Policy) -> String {
    format!("{cause}\n{}", meanwhile(policy))
}

fn meanwhile(policy: &Policy) -> String {
    if policy.is_none() {
        return "until then everything waits for a person".to_owned();
    }
    let revision = short(policy.revision());
    format!("until then the last good revision {revision} decides")
}

fn short(revision: &str) -> &str {
    revision.get(..12).unwrap_or(revision)
}

fn stamp(path: &Path) -> Result<Stamp, PolicyError> {
    let stamp_of = |path: PathBuf| {
        let meta = fs::metadata(&path).ok();
        let size = meta.as_ref().map_or(0, fs::Metadata::len);
        (path, size, meta.and_then(|meta| meta.modified().ok()))
    };
    let files = if path.is_file() { vec![path.to_owned()] } else { source::files(path)? };
    Ok(files.into_iter().map(stamp_of).collect())
}

/// One writer at a time, where several functions share a process.
static KEEPING: Mutex<()> = Mutex::new(());

/// Writes the files to a new folder and puts it in the place of the old one. If that is cut short, either
/// the old folder or the new one is whole.
fn keep(to: &Path, sources: &[source::Source]) -> io::Result<()> {
    let _one = KEEPING.lock().unwrap_or_else(PoisonError::into_inner);
    if source::read(to).is_ok_and(|kept| kept == sources) {
        return Ok(());
    }
    let fresh = beside(to);
    remove(&fresh)?;
    for source in sources {
        let path = fresh.join(&source.name);
        fs::create_dir_all(path.parent().unwrap_or(&fresh))?;
        fs::write(path, &source.text)?;
    }
    remove(to)?;
    fs::rename(&fresh, to)
}

/// Where the next last good policy is written before it takes the place of the one before.
fn beside(to: &Path) -> PathBuf {
    to.with_extension("new")
}

fn remove(dir: &Path) -> io::Result<()> {
    match fs::remove_dir_all(dir) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}
