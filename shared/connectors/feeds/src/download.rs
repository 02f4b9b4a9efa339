//! Brings a feed from a web address into a temporary file.
//!
//! A file rather than memory bounds memory; a file rather than a parser on the wire means that a slow reader
//! does not hold the connection, and that a feed is read whole or not at all.

use crate::{problem::FeedError, source::Options};
use reqwest::{Client, Response, Url};
use std::{
    fs::File,
    io::{self, Seek, Write},
};

/// Downloads `url`, called `name` in messages, into a file that vanishes when it is closed.
pub(crate) async fn fetch(client: &Client, url: &Url, name: &str, options: &Options) -> Result<File, FeedError> {
    let within = tokio::time::timeout(options.download_time, save(client, url, name, options)).await;
    let seconds = options.download_time.as_secs();
    within.unwrap_or_else(|_| Err(FeedError::TooSlow { url: name.to_owned(), seconds }))
}

async fn save(client: &Client, url: &Url, name: &str, options: &Options) -> Result<File, FeedError> {
    let unreachable =
        |cause: reqwest::Error| FeedError::Unreachable { url: name.to_owned(), cause: cause.without_url() };
    let disk = |cause: io::Error| FeedError::Unreadable { file: "the temporary file of the download".into(), cause };
    let mut response = client.get(url.clone()).send().await.map_err(unreachable)?;
    check(&response, name, options)?;
    let mut file = tempfile::tempfile().map_err(disk)?;
    let mut left = options.download_bytes;
    while let Some(bytes) = response.chunk().await.map_err(unreachable)? {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(size).ok_or_else(|| too_large(name, options))?;
        file.write_all(&bytes).map_err(disk)?;
    }
    file.rewind().map_err(disk)?;
    Ok(file)
}

/// Refuses an answer by its head alone.
fn check(response: &Response, name: &str, options: &Options) -> Result<(), FeedError> {
    let status = response.status();
    if !status.is_success() {
        return Err(FeedError::Status { url: name.to_owned(), status: status.as_u16() });
    }
    let fits = response.content_length().is_none_or(|length| length <= options.download_bytes);
    if fits { Ok(()) } else { Err(too_large(name, options)) }
}

fn too_large(name: &str, options: &Options) -> FeedError {
    FeedError::TooLarge { url: name.to_owned(), bytes: options.download_bytes }
}

#[cfg(test)]
mod tests;
