//! A tool, read off the documentation of the operation that it is.

use axum::http::Method;
use rmcp::model::{JsonObject, Tool as Shown, ToolAnnotations};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What references in the document begin with, and in a tool's schema.
const COMPONENTS: &str = "#/components/schemas/";
const DEFS: &str = "#/$defs/";

/// Where an argument goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Into the path.
    Path,
    /// Behind the question mark.
    Query,
    /// Into the header `Idempotency-Key`.
    Key,
}

/// One operation of the API as a tool.
#[derive(Debug, Clone)]
pub(super) struct Tool {
    /// What it is called.
    pub(super) name: String,
    /// Method of the request that it is.
    pub(super) method: Method,
    /// Path of the request, with `{…}` for what an argument fills in.
    pub(super) path: String,
    /// Where arguments go; all others are the body.
    pub(super) places: BTreeMap<String, Place>,
    /// Whether there is a body.
    pub(super) has_body: bool,
    shown: Shown,
}

impl Tool {
    /// The tool `name` that the operation `id` of the document is.
    pub(super) fn of(document: &Value, name: &'static str, id: &str) -> Option<Self> {
        let paths = document.get("paths")?.as_object()?;
        let all =
            paths.iter().flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |at| (path, at)));
        let (path, (method, operation)) = all
            .into_iter()
            .find(|(_, (_, operation))| operation.get("operationId").is_some_and(|found| found == id))?;
        let mut arguments = Arguments::default();
        arguments.parameters(operation);
        let has_body = arguments.body(document, operation);
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).ok()?;
        let about = about(operation);
        let (places, schema) = (arguments.places.clone(), arguments.schema(document));
        let hints = ToolAnnotations::new().read_only(reads(&method, id)).destructive(false).open_world(false);
        let shown = Shown::new(name, about, schema).with_annotations(hints);
        Some(Self { name: name.to_owned(), method, path: path.clone(), places, has_body, shown })
    }

    /// As clients are told of it.
    pub(super) fn shown(&self) -> Shown {
        self.shown.clone()
    }
}

/// Whether nothing is changed by it: asking for an explanation comes with a body, and changes nothing either.
fn reads(method: &Method, id: &str) -> bool {
    *method == Method::GET || id == "explainPolicy"
}

fn about(operation: &Value) -> String {
    let text = |name: &str| operation.get(name).and_then(Value::as_str).unwrap_or_default();
    format!("{}\n\n{}", text("summary"), text("description")).trim().to_owned()
}

/// The arguments of a tool while they are gathered.
#[derive(Debug, Default)]
struct Arguments {
    places: BTreeMap<String, Place>,
    properties: Map<String, Value>,
    required: BTreeSet<String>,
}

impl Arguments {
    fn parameters(&mut self, operation: &Value) {
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            let text = |name: &str| parameter.get(name).and_then(Value::as_str).unwrap_or_default();
            let (name, place) = match (text("in"), text("name")) {
                ("path", name) => (name.to_owned(), Place::Path),
                ("query", name) => (name.to_owned(), Place::Query),
                ("header", "Idempotency-Key") => ("idempotencyKey".to_owned(), Place::Key),
                _ => continue,
            };
            let mut schema = parameter.get("schema").cloned().unwrap_or_else(|| json!({}));
            if let Value::Object(schema) = &mut schema {
                schema.insert("description".to_owned(), text("description").into());
            }
            if parameter.get("required").is_some_and(|required| *required == true) {
                self.required.insert(name.clone());
            }
            self.properties.insert(name.clone(), schema);
            self.places.insert(name, place);
        }
    }

    /// The fields of the body, beside the parameters; says whether there is a body.
    fn body(&mut self, document: &Value, operation: &Value) -> bool {
        let Some(schema) = operation.pointer("/requestBody/content/application~1json/schema") else {
            return false;
        };
        let schema = resolved(document, schema);
        let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        let needed = schema.get("required").and_then(Value::as_array).into_iter().flatten();
        self.required.extend(needed.filter_map(Value::as_str).map(str::to_owned));
        self.properties.extend(fields);
        true
    }

    fn schema(self, document: &Value) -> JsonObject {
        let mut properties = Value::Object(self.properties);
        let mut defs = Map::new();
        gather(document, &mut properties, &mut defs);
        let mut schema = Map::new();
        schema.insert("type".to_owned(), "object".into());
        schema.insert("properties".to_owned(), properties);
        schema.insert("required".to_owned(), self.required.into_iter().collect());
        schema.insert("additionalProperties".to_owned(), false.into());
        if !defs.is_empty() {
            schema.insert("$defs".to_owned(), Value::Object(defs));
        }
        schema
    }
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|found| found.strip_prefix(COMPONENTS));
    name.and_then(|name| component(document, name)).unwrap_or(schema)
}

fn component<'a>(document: &'a Value, name: &str) -> Option<&'a Value> {
    document.get("components")?.get("schemas")?.get(name)
}

/// Has all references point into `defs`, where what they mean is put.
fn gather(document: &Value, value: &mut Value, defs: &mut Map<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| gather(document, item, defs)),
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str).and_then(|found| found.strip_prefix(COMPONENTS));
            if let Some(name) = name.map(str::to_owned) {
                fields.insert("$ref".to_owned(), format!("{DEFS}{name}").into());
                if !defs.contains_key(&name) {
                    let mut meant = component(document, &name).cloned().unwrap_or_default();
                    defs.insert(name.clone(), Value::Null);
                    gather(document, &mut meant, defs);
                    defs.insert(name, meant);
                }
            }
            fields.values_mut().for_each(|field| gather(document, field, defs));
        }
        _ => {}
    }
}
