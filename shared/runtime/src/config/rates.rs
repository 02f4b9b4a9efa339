//! How often one caller may ask.

/// Requests a second of one caller that go on for long; for a short while it may be ten times as many. 0 is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// `ROYAL_READS_PER_SECOND`: requests that look at something. Default 100.
    pub reads: u32,
    /// `ROYAL_WRITES_PER_SECOND`: requests that decide or change something. Default 50.
    pub writes: u32,
}

impl Rates {
    /// Reads the settings, and adds to `problems` what is wrong with them.
    pub(super) fn read(var: &dyn Fn(&str) -> Option<String>, problems: &mut Vec<String>) -> Self {
        let mut number = |name: &str, usual: u32| {
            let Some(value) = var(name) else { return usual };
            value.parse().unwrap_or_else(|_| {
                problems.push(format!("`{name}`: `{value}` is no whole number of requests a second"));
                usual
            })
        };
        Self { reads: number("ROYAL_READS_PER_SECOND", 100), writes: number("ROYAL_WRITES_PER_SECOND", 50) }
    }
}
