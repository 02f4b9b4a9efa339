//! One field being resolved: its name and coerced arguments.

use crate::fail::Fail;
use crate::literals;
use apollo_compiler::ast::Value as Literal;
use apollo_compiler::resolvers::ResolveInfo;
use apollo_compiler::response::JsonMap;
use serde_json::{Map, Value};

/// Arguments that every list of the API knows and the sandbox honours everywhere.
const PAGING: [&str; 5] = ["first", "last", "after", "before", "reverse"];

/// A field with its arguments, the schema's defaults filled in.
pub(crate) struct Call<'a> {
    pub(crate) field: &'a str,
    pub(crate) args: Map<String, Value>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(info: &ResolveInfo<'a>) -> Self {
        let args = info
            .arguments()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), literals::from_engine(value)))
            .collect();
        Self { field: info.field_name(), args }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.args.get(name).and_then(Value::as_str)
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.args.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(crate) fn count(&self, name: &str) -> Option<usize> {
        let n = self.args.get(name).and_then(Value::as_i64)?;
        Some(usize::try_from(n).unwrap_or(0))
    }

    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.args.get(name).and_then(Value::as_object)
    }

    /// Refuses arguments with an effect that the sandbox would ignore: anything that is neither
    /// paging nor among `known` and differs from the schema's default.
    pub(crate) fn only(&self, info: &ResolveInfo<'_>, known: &[&str]) -> Result<(), Fail> {
        for definition in &info.field_definition().arguments {
            let name = definition.name.as_str();
            let Some(value) = self.args.get(name) else {
                continue;
            };
            let default = definition.default_value.as_deref();
            let ignorable = value.is_null() || default.is_some_and(|d| is_default(d, value));
            if !ignorable && !PAGING.contains(&name) && !known.contains(&name) {
                let what = format!("argument `{name}` of `{}`", self.field);
                return Err(Fail::not_simulated(&what));
            }
        }
        Ok(())
    }
}

fn is_default(default: &Literal, value: &Value) -> bool {
    literals::to_json(default, &JsonMap::new()).as_ref() == Some(value)
}
