//! The table itself.

use crate::{Store, StoreError, error::told, keys};
use aws_sdk_dynamodb::{
    error::BuildError,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
        ScalarAttributeType, StreamSpecification, StreamViewType, TimeToLiveSpecification,
    },
};

impl Store {
    /// Creates the table with its indexes, stream and time to live, unless it is already there.
    ///
    /// For the local stack and tests: on AWS the infrastructure as code creates it.
    ///
    /// # Errors
    /// When the service refuses or does not answer.
    pub async fn create_table(&self) -> Result<(), StoreError> {
        let request = self.table_request().map_err(|error| StoreError::Retry(error.to_string()))?;
        match request.send().await {
            Ok(_) => self.expire_rows().await,
            Err(error) if error.as_service_error().is_some_and(|e| e.is_resource_in_use_exception()) => Ok(()),
            Err(error) => Err(StoreError::Retry(told(&error))),
        }
    }

    fn table_request(
        &self,
    ) -> Result<aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder, BuildError> {
        let stream =
            StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewAndOldImages);
        Ok(self
            .client()
            .create_table()
            .table_name(self.table())
            .billing_mode(BillingMode::PayPerRequest)
            .set_attribute_definitions(Some(attributes()?))
            .set_key_schema(Some(schema("pk", "sk")?))
            .global_secondary_indexes(index(keys::BY_STATUS, ("gsi1pk", "gsi1sk"), ProjectionType::KeysOnly)?)
            .global_secondary_indexes(index(keys::BY_DAY, ("gsi2pk", "gsi2sk"), ProjectionType::All)?)
            .stream_specification(stream.build()?))
    }

    async fn expire_rows(&self) -> Result<(), StoreError> {
        let spec = TimeToLiveSpecification::builder().enabled(true).attribute_name("ttl").build();
        let spec = spec.map_err(|error| StoreError::Retry(error.to_string()))?;
        let request = self.client().update_time_to_live().table_name(self.table()).time_to_live_specification(spec);
        request.send().await.map_err(|error| StoreError::Retry(told(&error)))?;
        Ok(())
    }
}

fn attributes() -> Result<Vec<AttributeDefinition>, BuildError> {
    ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"]
        .into_iter()
        .map(|name| AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build())
        .collect()
}

fn schema(pk: &str, sk: &str) -> Result<Vec<KeySchemaElement>, BuildError> {
    [(pk, KeyType::Hash), (sk, KeyType::Range)]
        .into_iter()
        .map(|(name, kind)| KeySchemaElement::builder().attribute_name(name).key_type(kind).build())
        .collect()
}

fn index(name: &str, (pk, sk): (&str, &str), holds: ProjectionType) -> Result<GlobalSecondaryIndex, BuildError> {
    GlobalSecondaryIndex::builder()
        .index_name(name)
        .set_key_schema(Some(schema(pk, sk)?))
        .projection(Projection::builder().projection_type(holds).build())
        .build()
}
