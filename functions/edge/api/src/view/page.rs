//! Lists in pages, over one status or several.

use crate::{
    extract::Wanted,
    problem::{Kind, Problem},
};
use serde::Serialize;
use store::{Chained, Row, Store, page::Cut};
use utoipa::ToSchema;

/// Part of a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page<T> {
    /// The rows. A page can be short, or empty, and still have a next one.
    pub(crate) items: Vec<T>,
    /// `cursor` of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

/// In which order the rows of one status come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// Earliest first.
    Earliest,
    /// Latest first.
    Latest,
}

/// Queries beyond one per status that a filtered page may cost.
const PATIENCE: usize = 8;

/// The next page of rows that `keep` wants: status by status, as `statuses` names them, each by time.
///
/// # Errors
/// When the table does not answer, or the cursor is not one of this list.
pub(crate) async fn walk<T: Chained>(
    store: &Store,
    statuses: &[&str],
    (wanted, order): (&Wanted, Order),
    keep: impl Fn(&T) -> bool,
) -> Result<Page<Row<T>>, Problem> {
    let (mut at, mut cursor) = place(wanted.cursor.as_deref(), statuses.len())?;
    let mut items: Vec<Row<T>> = Vec::new();
    for _ in 0..statuses.len() + PATIENCE {
        let Some(status) = statuses.get(at) else {
            break;
        };
        let cut = Cut { limit: wanted.limit - items.len(), cursor, latest_first: order == Order::Latest, until: None };
        let page = store.list::<T>(status, &cut).await?;
        items.extend(page.items.into_iter().filter(|row| keep(&row.value)));
        cursor = page.next;
        at += usize::from(cursor.is_none());
        if items.len() >= wanted.limit {
            break;
        }
    }
    let next = (at < statuses.len()).then(|| format!("{at}.{}", cursor.unwrap_or_default()));
    Ok(Page { items, next })
}

/// Where a cursor points: which status, and where in its list.
fn place(cursor: Option<&str>, statuses: usize) -> Result<(usize, Option<String>), Problem> {
    let Some(cursor) = cursor else {
        return Ok((0, None));
    };
    let parts = cursor.split_once('.');
    let place = parts.and_then(|(at, rest)| Some((at.parse::<usize>().ok()?, rest)));
    match place.filter(|(at, _)| *at < statuses) {
        Some((at, rest)) => Ok((at, Some(rest.to_owned()).filter(|rest| !rest.is_empty()))),
        None => Err(Problem::field(
            Kind::NotFound,
            "cursor",
            "it was not handed out by this list",
            "leave it out to start again",
        )),
    }
}

impl<T> Page<T> {
    /// The same page with each row as `show` has it.
    pub(crate) fn map<U>(self, show: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(show).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        assert_eq!(place(None, 3).unwrap(), (0, None));
        assert_eq!(place(Some("2."), 3).unwrap(), (2, None));
        assert_eq!(place(Some("1.abc"), 3).unwrap(), (1, Some("abc".to_owned())));
        for cursor in ["", "3.", "x.abc", "-1.", "1"] {
            assert!(place(Some(cursor), 3).is_err(), "{cursor}");
        }
    }
}
