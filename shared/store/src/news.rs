//! Messages from outside, each kept once.
//!
//! A message and the personal part of the order that it is about are one transaction: what is answered with success
//! is in the table, whole. The key is the sender's own id of the delivery, so a message that comes again meets itself,
//! however many there are.

use crate::{CommitError, Store, StoreError, chain::parse, contact, error::commit_error, item, item::Item, keys};
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::transact_write_items::TransactWriteItemsError,
    types::{Put, TransactWriteItem},
};
use domain::{Contact, News};
use time::Duration;

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

/// Why a message was not written as it was.
enum Lost {
    /// It was written before.
    Message,
    /// What is known of the person is newer, or must not be known any more.
    Person,
    /// Something else.
    Otherwise(CommitError),
}

impl Store {
    /// Keeps a message, with the personal part of what it is about, unless it was kept before. The personal part is left
    /// out where a newer one is there, and where the customer was forgotten: what comes late brings nobody back.
    ///
    /// # Errors
    /// When the table does not take it, or it cannot be written as JSON. Nothing is kept then.
    pub async fn accept(&self, news: &News, contact: Option<&Contact>) -> Result<Accepted, CommitError> {
        let written = match self.write(news, contact).await {
            Err(Lost::Person) => self.write(news, None).await,
            done => done,
        };
        match written {
            Ok(()) => Ok(Accepted::New),
            Err(Lost::Message | Lost::Person) => Ok(Accepted::Before),
            Err(Lost::Otherwise(CommitError::Conflict(row))) => match self.news(&news.id).await {
                Ok(Some(_)) => Ok(Accepted::Before),
                _ => Err(CommitError::Conflict(row)),
            },
            Err(Lost::Otherwise(error)) => Err(error),
        }
    }

    /// A message by the sender's id of it; nothing where it never came, or came long ago.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn news(&self, id: &str) -> Result<Option<News>, StoreError> {
        let row = self.item(&keys::pk("WEBHOOK", id), keys::STATE).await?;
        row.as_ref().map(parse).transpose()
    }

    async fn write(&self, news: &News, contact: Option<&Contact>) -> Result<(), Lost> {
        let mut items = vec![once(self.table(), news).map_err(Lost::Otherwise)?];
        if let Some(contact) = contact {
            items.extend(contact::newest(self.table(), contact).map_err(Lost::Otherwise)?);
        }
        let request = self.client().transact_write_items().set_transact_items(Some(items));
        let Err(error) = request.send().await else { return Ok(()) };
        Err(match refused_at(&error) {
            Some(0) => Lost::Message,
            Some(_) => Lost::Person,
            None => Lost::Otherwise(commit_error(&error, &[keys::pk("WEBHOOK", &news.id)])),
        })
    }
}

/// The place of the first part whose condition does not hold.
fn refused_at<R>(error: &SdkError<TransactWriteItemsError, R>) -> Option<usize> {
    let TransactWriteItemsError::TransactionCanceledException(canceled) = error.as_service_error()? else {
        return None;
    };
    canceled.cancellation_reasons().iter().position(|reason| reason.code() == Some("ConditionalCheckFailed"))
}

/// A message is written once.
fn once(table: &str, news: &News) -> Result<TransactWriteItem, CommitError> {
    let put = Put::builder().table_name(table).set_item(Some(row(news)?));
    let put = put.condition_expression("attribute_not_exists(pk)").build();
    let put = put.map_err(|error| CommitError::Invalid(error.to_string()))?;
    Ok(TransactWriteItem::builder().put(put).build())
}

fn row(news: &News) -> Result<Item, CommitError> {
    let mut row = item::key(&keys::pk("WEBHOOK", &news.id), keys::STATE);
    row.insert("body".to_owned(), item::text(serde_json::to_string(news)?));
    row.insert("ttl".to_owned(), item::number((news.received + REMEMBERED).unix_timestamp()));
    Ok(row)
}
