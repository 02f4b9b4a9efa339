//! From the body of a request to something that may be executed: parse, validate, coerce.

use crate::coerce;
use crate::diagnostics;
use crate::literals;
use crate::schema::Admin;
use apollo_compiler::executable::{Field, Operation};
use apollo_compiler::introspection::check_max_depth;
use apollo_compiler::parser::Parser;
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::{JsonMap, JsonValue};
use apollo_compiler::validation::{Valid, WithErrors};
use apollo_compiler::{ExecutableDocument, Node};
use serde_json::{Map, Value, json};

/// Selections nested deeper than this are refused as a parse error, before any recursion over
/// them; the depth is far above what one answer of 1000 points can hold.
const MAX_NESTING: usize = 64;
const MAX_TOKENS: usize = 100_000;

/// A valid request.
pub(crate) struct Plan {
    pub(crate) document: Valid<ExecutableDocument>,
    pub(crate) operation: Node<Operation>,
    pub(crate) variables: Valid<JsonMap>,
    pub(crate) roots: Vec<Root>,
}

/// One root field of the operation.
pub(crate) struct Root {
    pub(crate) field: String,
    /// The arguments that were given, without defaults.
    pub(crate) args: Map<String, Value>,
    /// The key of `@idempotent`, when the directive is there.
    pub(crate) key: Option<String>,
}

/// The `errors[]` of a request that is refused before execution (so without `data`).
pub(crate) type Refusal = Vec<Value>;

/// What the HTTP body carries.
#[derive(serde::Deserialize)]
pub(crate) struct Request {
    pub(crate) query: String,
    #[serde(default)]
    pub(crate) variables: Option<Map<String, Value>>,
    #[serde(default, rename = "operationName")]
    pub(crate) operation_name: Option<String>,
}

/// Checks a request against the schema; nothing is executed.
pub(crate) fn plan(admin: &Admin, request: Request) -> Result<Plan, Refusal> {
    let document = parse(admin, &request.query)?;
    let operation = choose(&document, request.operation_name.as_deref())?;
    check_max_depth(&document, &operation).map_err(|e| vec![json!({ "message": e.message().to_string() })])?;
    let variables = variables(admin, &document, &operation, request.variables)?;
    check_literals(admin, &document, &operation, &variables)?;
    let roots = operation.root_fields(&document).map(|field| root(field, &variables)).collect();
    Ok(Plan { document, operation, variables, roots })
}

fn parse(admin: &Admin, text: &str) -> Result<Valid<ExecutableDocument>, Refusal> {
    let refuse = |refused: WithErrors<_>| diagnostics::errors(&refused.errors, text);
    let document = Parser::new()
        .recursion_limit(MAX_NESTING)
        .token_limit(MAX_TOKENS)
        .parse_executable(&admin.schema, text, "request.graphql")
        .map_err(refuse)?;
    document.validate(&admin.schema).map_err(refuse)
}

fn choose(document: &ExecutableDocument, name: Option<&str>) -> Result<Node<Operation>, Refusal> {
    document.operations.get(name).cloned().map_err(|_| {
        let message = match name {
            Some(name) => format!("No operation named \"{name}\""),
            None => "An operation name is required".to_owned(),
        };
        vec![json!({ "message": message })]
    })
}

fn variables(
    admin: &Admin,
    document: &ExecutableDocument,
    operation: &Operation,
    given: Option<Map<String, Value>>,
) -> Result<Valid<JsonMap>, Refusal> {
    let given = given.unwrap_or_default();
    let errors = invalid_variables(admin, document, operation, &given);
    if !errors.is_empty() {
        return Err(errors);
    }
    let values = match JsonValue::from(Value::Object(given)) {
        JsonValue::Object(values) => values,
        _ => JsonMap::new(),
    };
    coerce_variable_values(&admin.schema, operation, &values)
        .map_err(|e| vec![json!({ "message": e.message().to_string(), "extensions": { "code": "INVALID_VARIABLE" } })])
}

fn invalid_variables(
    admin: &Admin,
    document: &ExecutableDocument,
    operation: &Operation,
    given: &Map<String, Value>,
) -> Vec<Value> {
    let mut errors = Vec::new();
    for variable in &operation.variables {
        let value = match given.get(variable.name.as_str()) {
            Some(value) => value,
            None if variable.default_value.is_some() => continue,
            None => &Value::Null,
        };
        let problems = coerce::problems(&admin.schema, &variable.ty, value);
        if problems.is_empty() {
            continue;
        }
        let place = variable
            .location()
            .and_then(|l| l.line_column(&document.sources))
            .map(|l| json!({ "line": l.line, "column": l.column }));
        errors.push(coerce::invalid_variable(&variable.name, &variable.ty, value, &problems, place));
    }
    errors
}

/// Custom scalars and `@oneOf` in values that the query text itself holds.
fn check_literals(
    admin: &Admin,
    document: &ExecutableDocument,
    operation: &Operation,
    variables: &JsonMap,
) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    for field in operation.all_fields(document) {
        for argument in &field.arguments {
            let definition = field.definition.argument_by_name(&argument.name);
            let value = literals::to_json(&argument.value, variables);
            let (Some(definition), Some(value)) = (definition, value) else {
                continue;
            };
            let found = coerce::problems(&admin.schema, &definition.ty, &value);
            errors.extend(found.into_iter().map(|p| bad_literal(field, argument.name.as_str(), p)));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

fn bad_literal(field: &Field, argument: &str, problem: coerce::Problem) -> Value {
    let mut path = vec![json!(field.response_key().as_str()), json!(argument)];
    path.extend(problem.path);
    json!({
        "message": problem.explanation,
        "path": path,
        "extensions": { "code": "argumentLiteralsIncompatible", "typeName": "CoercionError" },
    })
}

fn root(field: &Field, variables: &JsonMap) -> Root {
    let key = field
        .directives
        .get("idempotent")
        .and_then(|d| d.specified_argument_by_name("key"))
        .and_then(|key| literals::to_json(key, variables))
        .and_then(|key| key.as_str().map(str::to_owned));
    Root { field: field.name.to_string(), args: literals::arguments(field, variables), key }
}
