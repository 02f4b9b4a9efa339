//! What a file is, by its first bytes and, where they leave a doubt, by its name.

use crate::{
    google::{self, Google, Xml},
    input::{self, Input, Opened},
    json::{self, Json},
    problem::{Fault, FeedError},
    row::Rows,
    shopify::{self, Shopify},
    source::Options,
    table::{Records, Table},
};
use std::io::Read;

/// File name endings that a feed may have, for the choice within a folder.
const ENDINGS: [&str; 9] = ["csv", "tsv", "txt", "xml", "rss", "atom", "json", "jsonl", "ndjson"];

/// Names, without ending, of the files that a folder may hold beside its feeds.
const COMPANIONS: [&str; 2] = ["suppliers", "trends"];

const FORMATS: &str =
    "give a Shopify product CSV, a Google product feed (TSV, CSV, RSS or Atom), a JSON array or JSON Lines";

/// The form of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Shopify(u8),
    GoogleTable(u8),
    Xml,
    Json(json::Layout),
}

/// Whether a file of this name may be a feed.
pub(crate) fn may_be_feed(name: &str) -> bool {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let companion = COMPANIONS.iter().any(|known| known.eq_ignore_ascii_case(stem));
    !companion && !stem.is_empty() && ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Recognises a feed and prepares its reader.
pub(crate) fn rows(file: &str, read: Box<dyn Read + Send>, options: &Options) -> Result<Box<dyn Rows>, FeedError> {
    let opened = input::open(read).map_err(|cause| FeedError::Unreadable { file: file.to_owned(), cause })?;
    let format = format(file, &opened);
    let format =
        format.map_err(|Fault { reason, fix, .. }| FeedError::NotAFeed { file: file.to_owned(), reason, fix })?;
    reader(file, opened.input, format, options)
}

fn reader(file: &str, input: Input, format: Format, options: &Options) -> Result<Box<dyn Rows>, FeedError> {
    let currency = options.currency;
    Ok(match format {
        Format::Shopify(delimiter) => Box::new(Table::open(file, input, delimiter, Shopify::new(currency))?),
        Format::GoogleTable(delimiter) => Box::new(Table::open(file, input, delimiter, Google { currency })?),
        Format::Xml => Box::new(Xml::open(file, input, currency)?),
        Format::Json(layout) => Box::new(Json::new(file, input, layout, currency)),
    })
}

fn format(file: &str, opened: &Opened) -> Result<Format, Fault> {
    let head = opened.head.trim_ascii_start();
    refuse_foreign(head)?;
    match head.first() {
        None => Err(Fault::row("it is empty", FORMATS)),
        Some(b'<') => Ok(Format::Xml),
        Some(b'[') => Ok(Format::Json(json::Layout::Array)),
        Some(b'{') => lines(head),
        Some(_) => table(file, opened),
    }
}

/// Names what people mistake for a feed.
fn refuse_foreign(head: &[u8]) -> Result<(), Fault> {
    let start = head.get(..64.min(head.len())).unwrap_or_default().to_ascii_lowercase();
    let kinds: [(&[&[u8]], &str, &str); 4] = [
        (&[b"\xff\xfe", b"\xfe\xff"], "it is UTF-16 text", "save the file as UTF-8"),
        (&[b"\x1f\x8b"], "it is compressed", "unpack it first"),
        (
            &[b"pk\x03\x04"],
            "it is a spreadsheet or an archive",
            "save the sheet as CSV in UTF-8, or unpack the archive",
        ),
        (
            &[b"<!doctype html", b"<html"],
            "it is a web page",
            "use the address of the feed itself, and check whether it needs a sign-in",
        ),
    ];
    let found = kinds.iter().find(|(starts, ..)| starts.iter().any(|known| start.starts_with(known)));
    found.map_or(Ok(()), |(_, reason, fix)| Err(Fault::row(*reason, *fix)))
}

/// One object per line; an object over several lines is something else.
fn lines(head: &[u8]) -> Result<Format, Fault> {
    let mut lines = head.splitn(2, |byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii_end();
    let whole = first.ends_with(b"}") || lines.next().is_none();
    let fix = "give an array of products, or one product per line";
    let wrong = || Fault::row("it is one JSON object over several lines", fix);
    whole.then_some(Format::Json(json::Layout::Lines)).ok_or_else(wrong)
}

fn table(file: &str, opened: &Opened) -> Result<Format, Fault> {
    let delimiter = delimiter(file, &opened.head);
    let headers = headers(&opened.head, delimiter);
    if google::recognises(&headers) {
        return Ok(Format::GoogleTable(delimiter));
    }
    if shopify::recognises(&headers) {
        return Ok(Format::Shopify(delimiter));
    }
    if headers.iter().any(|header| header.contains(';')) {
        return Err(Fault::row(
            "its columns are separated by `;`",
            "save it with `,` or with tabs between the columns",
        ));
    }
    Err(Fault::row("its first line is not the header of a known feed", FORMATS))
}

/// A tab where the header line has more of them than commas, or as many and the name says so.
fn delimiter(file: &str, head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|byte| **byte == wanted).count();
    let (tabs, commas) = (count(b'\t'), count(b','));
    let named = file.to_ascii_lowercase().ends_with(".tsv");
    if tabs > commas || (tabs == commas && named) { b'\t' } else { b',' }
}

/// The cells of the first line, in lower case.
fn headers(head: &[u8], delimiter: u8) -> Vec<String> {
    let input = Input::new(Box::new(std::io::Cursor::new(head.to_vec())));
    let mut records = Records::new(input, delimiter);
    let Ok(Some(Ok(record))) = records.read() else { return Vec::new() };
    record.fields().map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase()).collect()
}

#[cfg(test)]
mod tests;
