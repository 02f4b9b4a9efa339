//! The schemas of what can be proposed.
//!
//! They are data: the types themselves know nothing of HTTP. A test proposes an action of every type as its schema
//! has it, and without each of its fields, so that the two cannot part.

use std::collections::BTreeMap;
use utoipa::openapi::{Array, OpenApi, Ref, RefOr, Schema, schema::ArrayItems};

const SCHEMAS: &str = include_str!("actions.json");

/// Adds the schemas, and says where they are meant.
pub(super) fn add(document: &mut OpenApi) {
    let schemas: BTreeMap<String, RefOr<Schema>> = match serde_json::from_str(SCHEMAS) {
        Ok(schemas) => schemas,
        Err(error) => return tracing::error!(%error, "the schemas of actions cannot be read"),
    };
    if let Some(components) = &mut document.components {
        components.schemas.extend(schemas);
    }
    let named = |name: &str| RefOr::Ref(Ref::from_schema_name(name));
    is(document, "action", named("ActionPayload"));
    is(document, "case", named("Case"));
    let mut premises = Array::new(named("NewPremise"));
    premises.description = Some("Facts that must still hold when it is executed.".to_owned());
    premises.items = ArrayItems::RefOrSchema(Box::new(named("NewPremise")));
    premises.max_items = Some(50);
    is(document, "premises", RefOr::T(Schema::Array(premises)));
}

/// Says what a field of a new action is.
fn is(document: &mut OpenApi, field: &str, schema: RefOr<Schema>) {
    let schemas = document.components.as_mut().map(|components| &mut components.schemas);
    if let Some(RefOr::T(Schema::Object(new))) = schemas.and_then(|schemas| schemas.get_mut("NewAction")) {
        new.properties.insert(field.to_owned(), schema);
    }
}
