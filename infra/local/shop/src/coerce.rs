//! Checks one input value against its schema type and names every problem in it.
//!
//! The compiler's own coercion stops at the first problem, has no path and lets custom scalars
//! and `@oneOf` pass; the API reports all of them as `extensions.problems`.

use crate::scalars;
use apollo_compiler::ast::Type;
use apollo_compiler::schema::{EnumType, ExtendedType, InputObjectType};
use apollo_compiler::{Schema, ast};
use serde_json::{Map, Value, json};

/// A path segment list (names and indexes) and the API's explanation.
pub(crate) struct Problem {
    pub(crate) path: Vec<Value>,
    pub(crate) explanation: String,
}

const NULL: &str = "Expected value to not be null";

/// All problems of `value` as an input of type `ty`.
pub(crate) fn problems(schema: &Schema, ty: &Type, value: &Value) -> Vec<Problem> {
    let mut check = Check { schema, path: Vec::new(), found: Vec::new() };
    check.value(ty, value);
    check.found
}

struct Check<'a> {
    schema: &'a Schema,
    path: Vec<Value>,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn report(&mut self, explanation: impl Into<String>) {
        self.found.push(Problem { path: self.path.clone(), explanation: explanation.into() });
    }

    fn at(&mut self, segment: Value, check: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        check(self);
        self.path.pop();
    }

    fn value(&mut self, ty: &Type, value: &Value) {
        if value.is_null() {
            if ty.is_non_null() {
                self.report(NULL);
            }
            return;
        }
        match ty {
            Type::List(inner) | Type::NonNullList(inner) => self.list(inner, value),
            Type::Named(name) | Type::NonNullNamed(name) => self.named(name, value),
        }
    }

    fn list(&mut self, inner: &Type, value: &Value) {
        match value {
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.at(json!(i), |check| check.value(inner, item));
                }
            }
            single => self.value(inner, single),
        }
    }

    fn named(&mut self, name: &ast::NamedType, value: &Value) {
        match self.schema.types.get(name) {
            Some(ExtendedType::Enum(def)) => self.choice(def, value),
            Some(ExtendedType::InputObject(def)) => self.object(def, value),
            _ => {
                if let Some(explanation) = scalars::problem(name, value) {
                    self.report(explanation);
                }
            }
        }
    }

    fn choice(&mut self, def: &EnumType, value: &Value) {
        let known = value.as_str().is_some_and(|v| def.values.contains_key(v));
        if !known {
            let names: Vec<_> = def.values.keys().map(|n| n.as_str()).collect();
            self.report(format!("Expected {value} to be one of: {}", names.join(", ")));
        }
    }

    fn object(&mut self, def: &InputObjectType, value: &Value) {
        let Some(given) = value.as_object() else {
            return self.report(format!("Expected {value} to be a key-value object."));
        };
        for key in given.keys().filter(|k| !def.fields.contains_key(k.as_str())) {
            self.at(json!(key), |check| {
                check.report(format!("Field is not defined on {}", def.name));
            });
        }
        for (name, field) in &def.fields {
            match given.get(name.as_str()) {
                Some(value) => self.at(json!(name.as_str()), |c| c.value(&field.ty, value)),
                None if field.is_required() => self.at(json!(name.as_str()), |c| c.report(NULL)),
                None => {}
            }
        }
        self.one_of(def, given);
    }

    fn one_of(&mut self, def: &InputObjectType, given: &Map<String, Value>) {
        let count = given.values().filter(|v| !v.is_null()).count();
        if def.directives.has("oneOf") && (given.len() != 1 || count != 1) {
            self.report(format!("'{}' requires exactly one argument, but {} were provided.", def.name, given.len()));
        }
    }
}

/// The error for a variable with problems: HTTP 200, no `data`.
pub(crate) fn invalid_variable(
    name: &str,
    ty: &Type,
    value: &Value,
    problems: &[Problem],
    location: Option<Value>,
) -> Value {
    let details: Vec<_> = problems
        .iter()
        .filter(|p| !p.path.is_empty())
        .map(|p| format!("{} ({})", dotted(&p.path), p.explanation))
        .collect();
    let mut message = format!("Variable ${name} of type {ty} was provided invalid value");
    if !details.is_empty() {
        message = format!("{message} for {}", details.join(", "));
    }
    let problems: Vec<_> = problems.iter().map(|p| json!({ "path": p.path, "explanation": p.explanation })).collect();
    json!({
        "message": message,
        "locations": location.into_iter().collect::<Vec<_>>(),
        "extensions": { "code": "INVALID_VARIABLE", "value": value, "problems": problems },
    })
}

fn dotted(path: &[Value]) -> String {
    let segments: Vec<_> = path.iter().map(|s| s.as_str().map_or_else(|| s.to_string(), str::to_owned)).collect();
    segments.join(".")
}

#[cfg(test)]
mod tests;
