//! The personal parts of orders: each in its customer's partition, and gone with the customer.
//!
//! An index lists them by the customer's key, so that all customers of a shop can be forgotten, those too of whom nothing
//! else is known.

use crate::{
    Chained as _, CommitError, Store, StoreError, Tx,
    chain::parse,
    error::told,
    item::{self, Item, text},
    keys,
    page::Cut,
};
use aws_sdk_dynamodb::types::{ConditionCheck, Put, TransactWriteItem};
use domain::{Contact, Customer};
use std::collections::BTreeSet;

/// What the sort keys of contacts begin with, in the customer's partition.
const CONTACT: &str = "CONTACT#";
/// Contacts of one customer that one request lists.
const PAGE: i32 = 100;

impl Store {
    /// Who the order `order` of `customer` is for; nothing where that was forgotten, or never told.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn contact(&self, customer: &str, order: &str) -> Result<Option<Contact>, StoreError> {
        let row = self.item(&keys::pk(Customer::KIND, customer), &sort(order)).await?;
        row.as_ref().map(parse).transpose()
    }

    /// The personal parts of a customer's orders, by order, at most a hundred, behind the order `after`.
    ///
    /// # Errors
    /// When the table does not answer or a row cannot be understood.
    pub async fn contacts(&self, customer: &str, after: Option<&str>) -> Result<Vec<Contact>, StoreError> {
        let pk = keys::pk(Customer::KIND, customer);
        let request = self
            .client()
            .query()
            .table_name(self.table())
            .set_exclusive_start_key(after.map(|order| item::key(&pk, &sort(order))))
            .key_condition_expression("pk = :pk AND begins_with(sk, :contact)")
            .expression_attribute_values(":pk", text(pk))
            .expression_attribute_values(":contact", text(CONTACT))
            .consistent_read(true)
            .limit(PAGE);
        let answer = request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        answer.items.unwrap_or_default().iter().map(parse).collect()
    }

    /// Takes out the personal parts of all orders of a customer; says of how many.
    ///
    /// # Errors
    /// When the table does not answer; what was taken out by then stays so.
    pub(crate) async fn forget_contacts(&self, customer: &str) -> Result<u64, StoreError> {
        let mut gone = 0;
        loop {
            let contacts = self.contacts(customer, None).await?;
            for contact in &contacts {
                let key = item::key(&keys::pk(Customer::KIND, customer), &sort(&contact.order));
                let delete = self.client().delete_item().table_name(self.table()).set_key(Some(key));
                delete.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
                gone += 1;
            }
            if contacts.is_empty() {
                return Ok(gone);
            }
        }
    }

    /// Customers of whom the personal part of an order is known, at most `limit` orders of them.
    ///
    /// # Errors
    /// When the table does not answer.
    pub async fn people(&self, limit: usize) -> Result<BTreeSet<String>, StoreError> {
        let listed = self.listed(Customer::KIND, "CONTACT", &Cut::first(limit)).await?;
        let prefix = format!("{}#", Customer::KIND);
        let named = |row: &Item| item::get_text(row, "pk").ok()?.strip_prefix(&prefix).map(str::to_owned);
        Ok(listed.items.iter().filter_map(named).collect())
    }
}

fn sort(order: &str) -> String {
    format!("{CONTACT}{order}")
}

impl Tx<'_> {
    /// Adds the personal part of an order, unless a newer one is there, or the customer was forgotten: then it is left
    /// out, and everything else is written all the same.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub(crate) fn keep_contact(&mut self, contact: &Contact) -> Result<(), CommitError> {
        let invalid = |error: aws_sdk_dynamodb::error::BuildError| CommitError::Invalid(error.to_string());
        let pk = keys::pk(Customer::KIND, &contact.customer);
        let put = Put::builder()
            .table_name(self.table())
            .set_item(Some(row(contact)?))
            .condition_expression("attribute_not_exists(pk) OR updated <= :updated")
            .expression_attribute_values(":updated", text(keys::instant(contact.updated)));
        let put = put.build().map_err(invalid)?;
        if !self.asks_of(&pk) {
            let known = known(self.table(), &pk).map_err(invalid)?;
            self.push_spare(TransactWriteItem::builder().condition_check(known).build(), pk.clone());
        }
        self.push_spare(TransactWriteItem::builder().put(put).build(), pk);
        Ok(())
    }
}

/// That a customer is not forgotten.
fn known(table: &str, pk: &str) -> Result<ConditionCheck, aws_sdk_dynamodb::error::BuildError> {
    ConditionCheck::builder()
        .table_name(table)
        .set_key(Some(item::key(pk, keys::STATE)))
        .condition_expression("attribute_not_exists(pk) OR #status = :known")
        .expression_attribute_names("#status", "status")
        .expression_attribute_values(":known", text("KNOWN"))
        .build()
}

fn row(contact: &Contact) -> Result<Item, CommitError> {
    let (customer, updated) = (&contact.customer, keys::instant(contact.updated));
    let mut row = item::key(&keys::pk(Customer::KIND, customer), &sort(&contact.order));
    let mut set = |name: &str, value: String| row.insert(name.to_owned(), text(value));
    set("body", serde_json::to_string(contact)?);
    set("gsi1pk", keys::status(Customer::KIND, "CONTACT", keys::shard(customer)));
    set("gsi1sk", format!("{updated}#{customer}#{}", contact.order));
    set("updated", updated);
    Ok(row)
}
