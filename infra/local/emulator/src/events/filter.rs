//! Event patterns of those who are no rule of a bus.

use serde_json::Value;

use super::pattern::Pattern;

/// Which records an event-source mapping wants: an event pattern.
#[derive(Debug)]
pub(crate) struct Filter(Pattern);

impl Filter {
    /// Compiles a pattern; the error says what is wrong with it.
    pub(crate) fn compile(pattern: &Value) -> Result<Self, String> {
        Pattern::compile(pattern).map(Self)
    }

    /// Whether `record` is wanted.
    pub(crate) fn accepts(&self, record: &Value) -> bool {
        self.0.matches(Some(record))
    }
}
