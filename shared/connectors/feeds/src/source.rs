//! Where a feed comes from, and how it is to be read.

use crate::limits;
use domain::Currency;
use reqwest::Url;
use std::{convert::Infallible, fmt, path::PathBuf, str::FromStr, time::Duration};

/// A place where a feed lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder of which every recognised file is read in name order.
    Path(PathBuf),
    /// An http or https address.
    Url(Url),
}

impl FromStr for Source {
    type Err = Infallible;

    /// Whatever is no http or https address is a path.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let web = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        Ok(web.map_or_else(|| Self::Path(text.into()), Self::Url))
    }
}

impl fmt::Display for Source {
    /// The path, or the address without credentials and query, fit for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Url(url) => f.write_str(&public(url)),
        }
    }
}

/// An address without the parts that may hold secrets.
fn public(url: &Url) -> String {
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

/// How feeds are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Currency of amounts that name none, as in every Shopify CSV. Without it such amounts are rejected.
    pub currency: Option<Currency>,
    /// Supplier of products that name none.
    pub supplier: Option<String>,
    /// Bytes that a download may have.
    pub download_bytes: u64,
    /// Time that a download may take.
    pub download_time: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            currency: None,
            supplier: None,
            download_bytes: limits::DOWNLOAD_BYTES,
            download_time: limits::DOWNLOAD_TIME,
        }
    }
}
