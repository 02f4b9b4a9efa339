//! The page where people keep command, served beside the API at `/`.
//!
//! It is static files and nothing more: everything it shows it asks of the API, with the token of whoever looks. On
//! AWS the same files lie behind a content network with the same headers. Here they are built when they are missing
//! or older than their sources; while they are not there, `/` says in plain words why, and all else works.

mod build;
mod routes;
mod shield;

pub(crate) use routes::router;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

/// What `/` says while there is no page, and whether that will pass by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Absence {
    why: String,
    passes: bool,
}

/// The page of a stack. The default is none.
#[derive(Debug, Clone)]
pub struct Page {
    folder: Option<PathBuf>,
    absence: Arc<Mutex<Absence>>,
}

impl Default for Page {
    fn default() -> Self {
        Self::told(None, "This system was started without its page. The API is described at /docs.")
    }
}

impl Page {
    /// The page whose sources are in `folder`: served from `dist` in it, as soon as that is there.
    #[must_use]
    pub fn of(folder: PathBuf) -> Self {
        Self::told(Some(folder), NEVER_BUILT)
    }

    fn told(folder: Option<PathBuf>, why: &str) -> Self {
        Self { folder, absence: Arc::new(Mutex::new(Absence { why: why.to_owned(), passes: false })) }
    }

    /// Builds the page beside everything else, if it is missing or older than its sources; `say` prints.
    pub(crate) fn bring_up_to_date(&self, say: fn(&str)) {
        let (page, Some(folder)) = (self.clone(), self.folder.clone()) else { return };
        page.is_absent_because("It is being built. This page opens when that is done.", true);
        std::thread::spawn(move || match build::bring_up_to_date(&folder, say) {
            Ok(()) => page.is_absent_because(NEVER_BUILT, false),
            Err(error) => {
                say(&format!("page       NOT BUILT: {error}"));
                page.is_absent_because(&format!("{error}."), false);
            }
        });
    }

    /// Whether there is something to show.
    pub(crate) fn is_there(&self) -> bool {
        self.dist().is_some_and(|dist| dist.join("index.html").is_file())
    }

    fn dist(&self) -> Option<PathBuf> {
        self.folder.as_deref().map(dist)
    }

    fn is_absent_because(&self, why: &str, passes: bool) {
        let mut absence = self.absence.lock().unwrap_or_else(PoisonError::into_inner);
        *absence = Absence { why: why.to_owned(), passes };
    }

    fn absence(&self) -> Absence {
        self.absence.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

const NEVER_BUILT: &str = "It was never built. Start the system without --no-page, or run `npm ci` and \
                           `npm run build` in functions/dashboard.";

/// Where the built files of a page with its sources in `folder` are.
fn dist(folder: &Path) -> PathBuf {
    folder.join("dist")
}

#[cfg(test)]
mod tests;
