//! Putting products on sales channels and taking them off.

use crate::{
    Client, Error,
    model::{Gid, Publication},
    operation::{Operation, PUBLISH, UNPUBLISH},
};
use serde_json::{Value, json};

impl Client {
    /// Publishes a product on these channels. Customers see it there once it is active.
    ///
    /// # Errors
    /// As every call.
    pub async fn publish(&self, product: &Gid, on: &[Publication]) -> Result<(), Error> {
        self.place(&PUBLISH, product, on).await
    }

    /// Takes a product off these channels.
    ///
    /// # Errors
    /// As every call.
    pub async fn unpublish(&self, product: &Gid, from: &[Publication]) -> Result<(), Error> {
        self.place(&UNPUBLISH, product, from).await
    }

    async fn place(&self, operation: &Operation, product: &Gid, publications: &[Publication]) -> Result<(), Error> {
        let input: Vec<_> = publications.iter().map(|publication| json!({ "publicationId": publication.id })).collect();
        let variables = json!({ "id": product, "input": input });
        let _: Value = self.send(operation, variables).await?;
        Ok(())
    }
}
