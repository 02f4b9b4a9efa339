//! Why a stack did not start or a mapping was refused, and what to do about it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why [`crate::Aws::start`] failed. Every message names the path or port and the fix.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program listens on the port.
    #[error(
        "port {port} on 127.0.0.1 is in use: stop the program that listens there, or choose another port (0 takes any free one)"
    )]
    PortInUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The port cannot be opened for another reason, such as a privileged number.
    #[error("port {port} on 127.0.0.1 cannot be opened: {cause}: choose another port")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// The system's reason.
        cause: std::io::Error,
    },
    /// Another running stack holds the data.
    #[error("`{}` is in use by another running stack: stop that one, or choose another data folder", path.display())]
    InUse {
        /// The file that is locked.
        path: PathBuf,
    },
    /// The data folder or a file in it cannot be written.
    #[error("`{}` is read-only: give this user write access, or choose another data folder", path.display())]
    ReadOnly {
        /// The folder or file.
        path: PathBuf,
    },
    /// No space is left for the data.
    #[error("the disk that holds `{}` is full: free some space, or choose another data folder", path.display())]
    DiskFull {
        /// The folder or file.
        path: PathBuf,
    },
    /// A file of that name exists but is something else.
    #[error("`{}` was not written by this stack: move it away, or choose another data folder", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// A newer release wrote the data.
    #[error("`{}` has format {found}, this release knows up to {known}: use the newer release, or choose another data folder", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format it has.
        found: i64,
        /// The newest format this release reads.
        known: i64,
    },
    /// The data cannot be used for a reason that only the system knows.
    #[error("`{}` cannot be used: {cause}: check the path, or choose another data folder", path.display())]
    Unusable {
        /// The folder or file.
        path: PathBuf,
        /// The system's reason.
        cause: String,
    },
}

impl StartError {
    /// What a failed file operation on `path` means.
    pub(crate) fn io(path: &Path, cause: &std::io::Error) -> Self {
        let path = path.to_owned();
        match cause.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Unusable { path, cause: cause.to_string() },
        }
    }

    /// What a failed database operation on `path` means.
    pub(crate) fn sqlite(path: &Path, cause: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        match cause.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::NotOurs { path },
            _ => Self::Unusable { path, cause: cause.to_string() },
        }
    }

    /// What a failed bind of `port` means.
    pub(crate) fn bind(port: u16, cause: std::io::Error) -> Self {
        match cause.kind() {
            ErrorKind::AddrInUse => Self::PortInUse { port },
            _ => Self::Port { port, cause },
        }
    }
}

/// Why [`crate::Aws::map_queue`], [`crate::Aws::map_stream`] or [`crate::Aws::stream`] failed.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The mapping names a queue that does not exist.
    #[error("queue `{queue}` does not exist: create it before mapping it")]
    NoQueue {
        /// The queue's name.
        queue: String,
    },
    /// The mapping names a table that does not exist or has no stream.
    #[error("table `{table}` has no stream: create it with a stream specification before mapping it")]
    NoStream {
        /// The table's name.
        table: String,
    },
    /// A filter of the mapping is no event pattern.
    #[error("a filter of the mapping is no event pattern: {cause}")]
    Filter {
        /// What is wrong with it.
        cause: String,
    },
    /// The store refused; the cause says why.
    #[error("the local store failed: {cause}")]
    Store {
        /// The store's reason.
        cause: String,
    },
}
