//! Messages from outside, each kept once.
//!
//! A message and the personal part of the order that it is about are one transaction: what is answered with success
//! is in the table, whole. The key is the sender's own id of the delivery, so a message that comes again meets itself,
//! however many there are.

use crate::{
    CommitError, Store, StoreError, chain::parse, error::commit_error, item, item::Item, keys, order::CONTACT,
};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
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

impl Store {
    /// Keeps a message, with the personal part of what it is about, unless it was kept before.
    ///
    /// # Errors
    /// When the table does not take it, or it cannot be written as JSON. Nothing is kept then.
    pub async fn accept(&self, news: &News, contact: Option<&Contact>) -> Result<Accepted, CommitError> {
        let rows = [Some(first(news)?), contact.map(personal).transpose()?];
        let puts = rows.into_iter().flatten().map(|row| put(self.table(), row)).collect::<Result<Vec<_>, _>>()?;
        let request = self.client().transact_write_items().set_transact_items(Some(puts));
        let labels = [keys::pk("WEBHOOK", &news.id)];
        match request.send().await {
            Ok(_) => Ok(Accepted::New),
            Err(error) => match commit_error(&error, &labels) {
                CommitError::Conflict(row) => match self.news(&news.id).await {
                    Ok(Some(_)) => Ok(Accepted::Before),
                    _ => Err(CommitError::Conflict(row)),
                },
                other => Err(other),
            },
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
}

fn first(news: &News) -> Result<Item, CommitError> {
    let mut row = item::key(&keys::pk("WEBHOOK", &news.id), keys::STATE);
    row.insert("body".to_owned(), item::text(serde_json::to_string(news)?));
    row.insert("ttl".to_owned(), item::number((news.received + REMEMBERED).unix_timestamp()));
    Ok(row)
}

fn personal(contact: &Contact) -> Result<Item, CommitError> {
    let mut row = item::key(&keys::pk("CUSTOMER", &contact.customer), &format!("{CONTACT}{}", contact.order));
    row.insert("body".to_owned(), item::text(serde_json::to_string(contact)?));
    Ok(row)
}

/// A message is written once; a contact as it is known now.
fn put(table: &str, row: Item) -> Result<TransactWriteItem, CommitError> {
    let once = item::get_text(&row, "pk").is_ok_and(|pk| pk.starts_with("WEBHOOK#"));
    let put = Put::builder().table_name(table).set_item(Some(row));
    let put = if once { put.condition_expression("attribute_not_exists(pk)") } else { put };
    let put = put.build().map_err(|error| CommitError::Invalid(error.to_string()))?;
    Ok(TransactWriteItem::builder().put(put).build())
}
