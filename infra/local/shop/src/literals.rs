//! Input values written in the query text, as JSON.

use apollo_compiler::ast::Value as Literal;
use apollo_compiler::executable::Field;
use apollo_compiler::response::JsonMap;
use serde_json::{Map, Value};

/// The JSON of a literal. A variable takes its coerced value; an absent one leaves its key out.
pub(crate) fn to_json(literal: &Literal, variables: &JsonMap) -> Option<Value> {
    Some(match literal {
        Literal::Null => Value::Null,
        Literal::Enum(name) => Value::from(name.as_str()),
        Literal::Variable(name) => return variable(name, variables),
        Literal::String(text) => Value::from(text.as_str()),
        Literal::Boolean(flag) => Value::from(*flag),
        Literal::Int(number) => number_json(number.as_str()),
        Literal::Float(number) => number_json(number.as_str()),
        Literal::List(items) => items.iter().map(|item| to_json(item, variables).unwrap_or(Value::Null)).collect(),
        Literal::Object(fields) => fields
            .iter()
            .filter_map(|(key, value)| Some((key.to_string(), to_json(value, variables)?)))
            .collect::<Map<_, _>>()
            .into(),
    })
}

fn variable(name: &str, variables: &JsonMap) -> Option<Value> {
    variables.get(name).map(from_engine)
}

fn number_json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// The engine's JSON value as serde's.
pub(crate) fn from_engine(value: &apollo_compiler::response::JsonValue) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// All arguments given to a field, as JSON, without the schema's defaults.
pub(crate) fn arguments(field: &Field, variables: &JsonMap) -> Map<String, Value> {
    field.arguments.iter().filter_map(|arg| Some((arg.name.to_string(), to_json(&arg.value, variables)?))).collect()
}
