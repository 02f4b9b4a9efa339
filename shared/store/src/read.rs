//! Reading one thing, or one whole partition.

use crate::{
    Chained, Row, Store, StoreError,
    chain::parse,
    error::told,
    item::{self, Item, text},
    keys,
};
use aws_sdk_dynamodb::types::Select;
use domain::{ActionId, AuditRecord, Control, Proposal};

impl Store {
    /// A thing by its id, read consistently.
    ///
    /// # Errors
    /// When the table does not answer or the row cannot be understood.
    pub async fn get<T: Chained>(&self, id: &str) -> Result<Option<Row<T>>, StoreError> {
        let row = self.item(&keys::pk(T::KIND, id), keys::STATE).await?;
        row.as_ref().map(Row::from_item).transpose()
    }

    /// The stop switch; absent while nobody ever used it.
    ///
    /// # Errors
    /// As [`Store::get`]. Whoever cannot read the switch must not act.
    pub async fn control(&self) -> Result<Option<Row<Control>>, StoreError> {
        self.get(&Control::default().id()).await
    }

    /// A proposal that waits in the gate's inbox.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub async fn proposal(&self, id: ActionId) -> Result<Option<Proposal>, StoreError> {
        let row = self.item(&keys::pk("PROPOSAL", &id.to_string()), keys::STATE).await?;
        row.as_ref().map(parse).transpose()
    }

    /// What policy was asked about the action `id`, as JSON, by its digest; nothing where that is not kept any more.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub async fn input(&self, id: ActionId, digest: &str) -> Result<Option<String>, StoreError> {
        let row = self.item(&keys::pk("ACTION", &id.to_string()), &keys::input(digest)).await?;
        row.as_ref().map(|row| item::get_text(row, "body").map(str::to_owned)).transpose()
    }

    /// A thing and its whole chain, oldest record first, by one query of its partition.
    ///
    /// # Errors
    /// As [`Store::get`].
    pub async fn history<T: Chained>(&self, id: &str) -> Result<Option<(Row<T>, Vec<AuditRecord>)>, StoreError> {
        let pages = self
            .client()
            .query()
            .table_name(self.table())
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::pk(T::KIND, id)))
            .consistent_read(true)
            .select(Select::AllAttributes)
            .into_paginator()
            .items()
            .send();
        let rows: Vec<Item> = pages.try_collect().await.map_err(|error| StoreError::Retry(told(&error)))?;
        let is = |row: &Item, begins: &str| item::get_text(row, "sk").is_ok_and(|sk| sk.starts_with(begins));
        let Some(state) = rows.iter().find(|row| is(row, keys::STATE)) else {
            return Ok(None);
        };
        let chain = rows.iter().filter(|row| is(row, keys::AUDIT)).map(parse).collect::<Result<_, _>>()?;
        Ok(Some((Row::from_item(state)?, chain)))
    }

    /// One row by its whole key, read consistently.
    pub(crate) async fn item(&self, pk: &str, sk: &str) -> Result<Option<Item>, StoreError> {
        let request =
            self.client().get_item().table_name(self.table()).set_key(Some(item::key(pk, sk))).consistent_read(true);
        let answer = request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        Ok(answer.item)
    }
}
