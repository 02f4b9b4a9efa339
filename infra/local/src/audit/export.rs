//! The record as a file, out of a folder at rest or from a running system.

use super::Export;
use crate::{stack, state::State};
use anyhow::{Context as _, Result, bail};
use domain::audit::EventV1;
use emulator::Aws;
use runtime::{Clock as _, clock::SystemClock};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
};
use store::{Store, page::Cut};
use time::Date;

/// Name of the table in the embedded services.
const TABLE: &str = "royal";
/// Where the API has what is exported.
const RECORD: &str = "/api/v1/audit/export";
const DECISIONS: &str = "/api/v1/audit/decisions";
/// Audit records that are looked through for decisions at once.
const ROWS: usize = 500;

/// Writes what is wanted.
pub(super) async fn export(wanted: &Export) -> Result<()> {
    let mut out: Box<dyn Write> = match &wanted.out {
        Some(path) => Box::new(File::create(path).with_context(|| format!("`{}` cannot be written", path.display()))?),
        None => Box::new(io::stdout().lock()),
    };
    let mut out = BufWriter::new(&mut out);
    match &wanted.url {
        Some(url) => from_api(wanted, url, &mut out).await?,
        None => from_state(wanted, &mut out).await?,
    }
    out.flush().context("the export cannot be written")
}

async fn from_state(wanted: &Export, out: &mut impl Write) -> Result<()> {
    if !wanted.state.join("layout").exists() {
        bail!("`{}` is no state folder: name one with --state, or a running system with --url", wanted.state.display());
    }
    let state = State::open(&wanted.state, false).context("a system that runs is exported with --url")?;
    let settings = emulator::Settings { data_dir: Some(state.sub("aws")?), ..emulator::Settings::default() };
    let aws = Aws::start(settings).await?;
    let sdk = stack::sdk(aws.endpoints().services.as_str()).await;
    let store = Store::new(aws_sdk_dynamodb::Client::new(&sdk), TABLE);
    let days = (wanted.day, wanted.to.unwrap_or(wanted.day));
    let done = if wanted.decisions { decisions(&store, days, out).await } else { record(&store, days, out).await };
    aws.stop().await;
    done
}

async fn record(store: &Store, days: (Date, Date), out: &mut impl Write) -> Result<()> {
    let now = SystemClock.now();
    let mut cursor = None;
    loop {
        let (lines, next) = store.export_piece(days, cursor.as_deref(), now).await?;
        out.write_all(lines.as_bytes()).context("the export cannot be written")?;
        match next {
            Some(next) => cursor = Some(next),
            None => return Ok(()),
        }
    }
}

async fn decisions(store: &Store, (from, to): (Date, Date), out: &mut impl Write) -> Result<()> {
    let mut date = from;
    while date <= to {
        let mut cut = Cut::first(ROWS);
        loop {
            let page = store.decisions(date.midnight().assume_utc(), &cut).await?;
            page.items.iter().try_for_each(|event: &EventV1| line(event, out))?;
            cut.cursor = page.next;
            if cut.cursor.is_none() {
                break;
            }
        }
        date = date.next_day().context("the calendar ends here")?;
    }
    Ok(())
}

fn line(event: &EventV1, out: &mut impl Write) -> Result<()> {
    serde_json::to_writer(&mut *out, event)?;
    out.write_all(b"\n").context("the export cannot be written")
}

/// Piece by piece, as the answers' `Link` leads from one to the next.
async fn from_api(wanted: &Export, url: &str, out: &mut impl Write) -> Result<()> {
    let path = wanted.token.as_ref().context("--url needs --token")?;
    let token = std::fs::read_to_string(path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    let base = url.trim_end_matches('/');
    let what = if wanted.decisions { DECISIONS } else { RECORD };
    let mut next = Some(format!("{what}?from={}&to={}", wanted.day, wanted.to.unwrap_or(wanted.day)));
    let http = runtime::http::client()?;
    while let Some(path) = next {
        let answer = http.get(format!("{base}{path}")).bearer_auth(token.trim()).send().await?;
        let status = answer.status();
        let link = answer.headers().get("link").and_then(|link| link.to_str().ok()).and_then(target);
        let text = answer.text().await?;
        if !status.is_success() {
            bail!("{base} answers {status}: {text}");
        }
        out.write_all(text.as_bytes()).context("the export cannot be written")?;
        next = link;
    }
    Ok(())
}

/// The address in a `Link` header, without its host.
fn target(link: &str) -> Option<String> {
    let address = link.strip_prefix('<')?.split('>').next()?;
    let path = address.find("/api/").and_then(|at| address.get(at..));
    path.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_piece_is_where_the_link_leads() {
        let next = "</api/v1/audit/export?from=2026-11-20&to=2026-11-20&cursor=a>; rel=\"next\"";
        assert_eq!(target(next).as_deref(), Some("/api/v1/audit/export?from=2026-11-20&to=2026-11-20&cursor=a"));
        assert_eq!(target("nonsense"), None);
    }
}
