//! What an index says of things before they are read: enough to put a list in another order, or to leave most of it
//! out, at the price of its keys alone.

use crate::{
    Chained, Page, Row, Store, StoreError,
    item::{self, Item},
    page::{Cut, encode},
    seen::{MOST_KEYS, Wanted},
};
use futures::future::try_join_all;

/// What parts the words of a line.
pub(crate) const BETWEEN: char = '|';

/// One thing as the index has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// The time by which the list is kept, as text that sorts as time does.
    pub at: String,
    /// What [`Chained::line`] said of it.
    pub words: Vec<String>,
}

impl Line {
    /// The cursor behind it in every list of its kind, for whoever merges several: the lists of all statuses are sorted
    /// by the same key.
    #[must_use]
    pub fn place(&self) -> String {
        let words = self.words.join(&BETWEEN.to_string());
        let parts = [self.at.as_str(), words.as_str(), self.id.as_str()];
        encode(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("#"))
    }
}

impl Store {
    /// Things of one kind with this status as the index has them, by the time that matters for the status.
    ///
    /// # Errors
    /// When the table does not answer, or the cursor is not ours.
    pub async fn lines<T: Chained>(&self, status: &str, cut: &Cut) -> Result<Page<Line>, StoreError> {
        let page = self.listed(T::KIND, status, cut).await?;
        let items = page.items.iter().map(line).collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }

    /// The things with these ids, in their order; one that is not there is left out.
    ///
    /// # Errors
    /// When the table does not answer, or a row cannot be understood.
    pub async fn things<T: Chained>(&self, ids: &[String]) -> Result<Vec<Row<T>>, StoreError> {
        let chunks = ids.chunks(MOST_KEYS).map(|chunk| {
            let wanted = chunk.iter().fold(Wanted::default(), |wanted, id| wanted.thing::<T>(id));
            async move {
                let seen = self.see(wanted).await?;
                chunk.iter().filter_map(|id| seen.thing::<T>(id).transpose()).collect::<Result<Vec<_>, _>>()
            }
        });
        Ok(try_join_all(chunks).await?.into_iter().flatten().collect())
    }
}

fn line(row: &Item) -> Result<Line, StoreError> {
    let (pk, sort) = (item::get_text(row, "pk")?, item::get_text(row, "gsi1sk")?);
    let id = pk.split_once('#').map_or(pk, |(_, id)| id).to_owned();
    let mut parts = sort.split('#');
    let at = parts.next().unwrap_or_default().to_owned();
    let words = parts.next().filter(|words| words.contains(BETWEEN)).unwrap_or_default();
    Ok(Line { id, at, words: words.split(BETWEEN).filter(|word| !word.is_empty()).map(str::to_owned).collect() })
}
