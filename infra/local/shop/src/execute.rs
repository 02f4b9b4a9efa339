//! Runs a plan with the compiler's own execution engine over JSON-like objects.
//!
//! A resolved object is a JSON map; the schema decides how a value is read: where it expects an
//! object, a global id is a link that is loaded when selected; where it expects a connection, an
//! array is paged. A selected field without a value is null where the schema allows null, else a
//! `NOT_SIMULATED` error.

use crate::calls::Call;
use crate::connection;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::mutation;
use crate::nodes;
use crate::plan::Plan;
use crate::query;
use crate::schema::Admin;
use apollo_compiler::Schema;
use apollo_compiler::ast::Type;
use apollo_compiler::resolvers::{Execution, FieldError, ObjectValue, ResolveInfo, ResolvedValue};
use apollo_compiler::response::JsonValue;
use apollo_compiler::schema::ExtendedType;
use serde_json::{Map, Value};

/// Executes a plan; answers `data` and, when there are any, `errors`.
pub(crate) fn execute(admin: &Admin, plan: &Plan, cx: &Cx<'_>) -> Map<String, Value> {
    let root = Object { cx, kind: plan.operation.object_type().to_string(), fields: Map::new() };
    let response = Execution::new(&admin.schema, &plan.document)
        .implementers_map(&admin.implementers)
        .operation(&plan.operation)
        .coerced_variable_values(&plan.variables)
        .enable_schema_introspection(true)
        .execute_sync(&root);
    match response.map(serde_json::to_value) {
        Ok(Ok(Value::Object(mut answer))) => {
            if let Some(Value::Array(errors)) = answer.get_mut("errors") {
                errors.iter_mut().for_each(Fail::restore);
            }
            answer
        }
        Ok(_) => Map::new(),
        Err(error) => refused(&error.message().to_string()),
    }
}

fn refused(message: &str) -> Map<String, Value> {
    let error = serde_json::json!({ "message": message, "extensions": { "code": "INTERNAL_SERVER_ERROR" } });
    Map::from_iter([("errors".to_owned(), Value::Array(vec![error]))])
}

/// An object of a concrete type; the root types have no fields of their own.
struct Object<'c> {
    cx: &'c Cx<'c>,
    kind: String,
    fields: Map<String, Value>,
}

impl ObjectValue for Object<'_> {
    fn type_name(&self) -> &str {
        &self.kind
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, FieldError> {
        self.resolve(info).map_err(Fail::into_field_error)
    }
}

impl Object<'_> {
    fn resolve<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, Fail> {
        let call = Call::new(info);
        let value = match self.kind.as_str() {
            "QueryRoot" => Some(query::resolve(self.cx, info, &call)?),
            "Mutation" => Some(mutation::resolve(self.cx, info, &call)?),
            kind => {
                call.only(info, nodes::known_arguments(kind, call.field))?;
                match nodes::computed(self.cx, kind, &self.fields, &call)? {
                    Some(value) => Some(value),
                    None => self.fields.get(call.field).cloned(),
                }
            }
        };
        let ty = &info.field_definition().ty;
        match value {
            Some(value) if !value.is_null() => shape(self.cx, info.schema(), ty, value, Some(&call)),
            _ if ty.is_non_null() => Err(Fail::not_simulated(&format!("{}.{}", self.kind, call.field))),
            _ => Ok(ResolvedValue::null()),
        }
    }
}

/// Reads a value as the schema's type says.
fn shape<'a>(
    cx: &'a Cx<'a>,
    schema: &'a Schema,
    ty: &'a Type,
    value: Value,
    call: Option<&Call<'_>>,
) -> Result<ResolvedValue<'a>, Fail> {
    if ty.is_list() {
        return Ok(list(cx, schema, ty.item_type(), value));
    }
    let name = ty.inner_named_type();
    let composite = matches!(
        schema.types.get(name),
        Some(ExtendedType::Object(_) | ExtendedType::Interface(_) | ExtendedType::Union(_))
    );
    match (value, call) {
        (Value::Null, _) => Ok(ResolvedValue::null()),
        (value, _) if !composite => Ok(ResolvedValue::leaf(JsonValue::from(value))),
        (Value::Array(nodes), Some(call)) => object(cx, name, connection::page(call, nodes)?),
        (Value::String(gid), _) => match nodes::load(cx, &gid)? {
            Some(fields) => object(cx, name, Value::Object(fields)),
            None => Ok(ResolvedValue::null()),
        },
        (value, _) => object(cx, name, value),
    }
}

fn list<'a>(cx: &'a Cx<'a>, schema: &'a Schema, item: &'a Type, value: Value) -> ResolvedValue<'a> {
    let items = match value {
        Value::Array(items) => items,
        single => vec![single],
    };
    ResolvedValue::List(Box::new(
        items
            .into_iter()
            .map(move |item_value| shape(cx, schema, item, item_value, None).map_err(Fail::into_field_error)),
    ))
}

fn object<'a>(cx: &'a Cx<'a>, declared: &str, value: Value) -> Result<ResolvedValue<'a>, Fail> {
    let Value::Object(fields) = value else {
        return Err(Fail::not_simulated(declared));
    };
    let kind = fields.get("__typename").and_then(Value::as_str).unwrap_or(declared).to_owned();
    Ok(ResolvedValue::object(Object { cx, kind, fields }))
}
