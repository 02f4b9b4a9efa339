//! What the document can say only as a whole: no parameter is `null`, and which agents and scopes exist.

use super::operations_mut;
use crate::{Roster, extract::schema};
use utoipa::openapi::{
    OpenApi, RefOr, Schema,
    path::Parameter,
    schema::{AdditionalProperties, SchemaType, Type},
};

/// Completes the document for this roster.
pub(super) fn tidy(document: &mut OpenApi, roster: &Roster) {
    let operations = document.paths.paths.values_mut().flat_map(operations_mut);
    let parameters = operations.filter_map(|operation| operation.parameters.as_mut()).flatten();
    parameters.for_each(|parameter| {
        if let RefOr::T(parameter) = parameter {
            complete(parameter);
        }
    });
    closed(document, "Bulk");
    only(document, "NewTask", "agent", roster.members().iter().map(|member| member.name.to_string()).collect());
    only(document, "Switch", "scope", roster.scopes());
}

/// A header or query parameter is there or not; `null` would be a text. What its schema says of it, it says.
fn complete(parameter: &mut Parameter) {
    let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema else {
        return;
    };
    if parameter.description.is_none() {
        parameter.description = object.description.take();
    }
    if let SchemaType::Array(types) = &mut object.schema_type {
        types.retain(|kind| *kind != Type::Null);
        if let [only] = types.as_slice() {
            object.schema_type = SchemaType::Type(only.clone());
        }
    }
}

/// Says that none of the forms of a schema takes more fields than it names.
fn closed(document: &mut OpenApi, schema: &str) {
    let schemas = document.components.as_mut().map(|components| &mut components.schemas);
    let Some(RefOr::T(Schema::OneOf(forms))) = schemas.and_then(|schemas| schemas.get_mut(schema)) else {
        return;
    };
    for form in &mut forms.items {
        if let RefOr::T(Schema::Object(object)) = form {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
}

/// Says that a property is one of these values. Without any it stays as it is.
fn only(document: &mut OpenApi, schema: &str, property: &str, values: Vec<String>) {
    let schemas = document.components.as_mut().map(|components| &mut components.schemas);
    let object = schemas.and_then(|schemas| schemas.get_mut(schema));
    let Some(RefOr::T(Schema::Object(object))) = object else {
        return;
    };
    if let (Some(RefOr::T(Schema::Object(old))), false) = (object.properties.get_mut(property), values.is_empty()) {
        let known = schema::one_of(values);
        old.enum_values = known.enum_values;
        old.example = None;
    }
}
