//! Messages from outside, each kept once.
//!
//! A message and the personal part of the order that it is about are one transaction: what is answered with success
//! is in the table, whole. The key is the sender's own id of the delivery, so a message that comes again meets itself,
//! however many there are.

use crate::{CommitError, Store, StoreError, Tx, chain::parse, item, item::Item, keys};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use domain::{Contact, News};
use futures::future::try_join_all;
use time::Duration;

/// A message, and the personal part of what it is about.
pub type Told = (News, Option<Contact>);

/// First part of the partition keys of messages.
const KIND: &str = "WEBHOOK";
/// How long a message is kept: longer than any sender tries again, and than anybody asks what became of it.
const REMEMBERED: Duration = Duration::days(45);

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It is in the table now.
    New,
    /// It was there before.
    Before,
}

impl Tx<'_> {
    /// Adds a message that was never kept, with the personal part of what it is about, which is left out where a newer
    /// one is there, and where the customer was forgotten: what comes late brings nobody back.
    ///
    /// # Errors
    /// When one of them cannot be written as JSON.
    pub fn hear(&mut self, news: &News, contact: Option<&Contact>) -> Result<(), CommitError> {
        let put = Put::builder().table_name(self.table()).set_item(Some(row(news)?));
        let put = put.condition_expression("attribute_not_exists(pk)").build();
        let put = put.map_err(|error| CommitError::Invalid(error.to_string()))?;
        self.push(TransactWriteItem::builder().put(put).build(), keys::pk(KIND, &news.id));
        contact.map_or(Ok(()), |contact| self.keep_contact(contact))
    }
}

impl Store {
    /// Keeps a message as [`Tx::hear`] does, unless it was kept before.
    ///
    /// # Errors
    /// When the table does not take it, or it cannot be written as JSON. Nothing is kept then.
    pub async fn accept(&self, news: &News, contact: Option<&Contact>) -> Result<Accepted, CommitError> {
        let mut tx = self.tx(news.received);
        tx.hear(news, contact)?;
        match tx.commit().await {
            Ok(()) => Ok(Accepted::New),
            Err(CommitError::Conflict(row)) => match self.news(&news.id).await {
                Ok(Some(_)) => Ok(Accepted::Before),
                _ => Err(CommitError::Conflict(row)),
            },
            Err(error) => Err(error),
        }
    }

    /// Those of `news` that were never kept, each once.
    ///
    /// # Errors
    /// As [`Store::news`].
    pub async fn unheard(&self, news: Vec<Told>) -> Result<Vec<Told>, StoreError> {
        let known = try_join_all(news.iter().map(|(news, _)| self.news(&news.id))).await?;
        let mut new: Vec<Told> = Vec::new();
        for (told, known) in news.into_iter().zip(known) {
            if known.is_none() && new.iter().all(|(other, _)| other.id != told.0.id) {
                new.push(told);
            }
        }
        Ok(new)
    }

    /// A message by the sender's id of it; nothing where it never came, or came long ago.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn news(&self, id: &str) -> Result<Option<News>, StoreError> {
        let row = self.item(&keys::pk(KIND, id), keys::STATE).await?;
        row.as_ref().map(parse).transpose()
    }
}

fn row(news: &News) -> Result<Item, CommitError> {
    let mut row = item::key(&keys::pk(KIND, &news.id), keys::STATE);
    row.insert("body".to_owned(), item::text(serde_json::to_string(news)?));
    row.insert("ttl".to_owned(), item::number((news.received + REMEMBERED).unix_timestamp()));
    Ok(row)
}
