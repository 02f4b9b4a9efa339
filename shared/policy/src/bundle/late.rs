//! What is worked out when it is first asked for.

use std::sync::{Arc, LazyLock};

/// A value that is made at most once, by whoever asks first.
pub(crate) type Late<T> = Arc<LazyLock<T, Box<dyn FnOnce() -> T + Send>>>;

/// The value that `make` makes.
pub(crate) fn late<T>(make: impl FnOnce() -> T + Send + 'static) -> Late<T> {
    Arc::new(LazyLock::new(Box::new(make)))
}
