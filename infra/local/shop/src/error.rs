use std::path::PathBuf;

/// Why the sandbox store cannot be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    /// The state file cannot be opened or written: choose another path or free the disk.
    #[error("the sandbox store cannot use `{path}`: {reason}")]
    Unusable {
        /// The state file.
        path: PathBuf,
        /// What the database said.
        reason: String,
    },
    /// The state file was written by another version of the sandbox: delete it to start afresh.
    #[error(
        "`{path}` holds sandbox state of version {found}, this program writes version {expected}: delete it to start afresh"
    )]
    OtherVersion {
        /// The state file.
        path: PathBuf,
        /// The version found in the file.
        found: i64,
        /// The version this program writes.
        expected: i64,
    },
    /// The state could not be read or written while running.
    #[error("the sandbox state cannot be read: {0}")]
    State(String),
}
