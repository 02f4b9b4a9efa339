//! What the services' descriptions say about a request, fail-closed.

use crate::DepotError;
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const PRINTFUL: &str = include_str!("../schema/printful.json");
const CJ: &str = include_str!("../schema/cj.json");
const AFTERSHIP: &str = include_str!("../schema/aftership.json");

/// The descriptions, by operation.
pub(crate) struct Rules(BTreeMap<String, Validator>);

impl Rules {
    /// All of them.
    ///
    /// # Errors
    /// When one cannot be compiled: nothing would be checked then.
    pub(crate) fn official() -> Result<Self, DepotError> {
        let mut all = BTreeMap::new();
        for (name, text) in [("cj.json", CJ), ("aftership.json", AFTERSHIP)] {
            let wrong = |why: String| DepotError::Schema { name, why };
            let schemas: BTreeMap<String, Value> =
                serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
            for (operation, schema) in schemas {
                let validator = jsonschema::validator_for(&schema).map_err(|error| wrong(error.to_string()))?;
                all.insert(operation, validator);
            }
        }
        all.insert("createOrder".to_owned(), printful("/components/requestBodies/OrderInput")?);
        all.insert("shippingRates".to_owned(), printful("/components/requestBodies/ShippingRatesInput")?);
        Ok(Self(all))
    }

    /// Why a body is refused, if it is.
    pub(crate) fn problem(&self, operation: &str, body: &Value) -> Option<String> {
        let Some(validator) = self.0.get(operation) else { return Some(format!("`{operation}` has no description")) };
        let error = validator.iter_errors(body).next()?;
        let place = error.instance_path().to_string();
        // What the value is may be an address: only the place and the rule are told.
        let rule = error.schema_path().to_string();
        Some(format!("`{place}` breaks `{}`", rule.rsplit('/').next().unwrap_or_default()))
    }
}

/// A part of Printful's description as a JSON schema: OpenAPI 3.0 says `nullable`, and lets every unknown field pass.
pub(crate) fn printful(part: &str) -> Result<Validator, DepotError> {
    let wrong = |why: String| DepotError::Schema { name: "printful.json", why };
    let mut api: Value = serde_json::from_str(PRINTFUL).map_err(|error| wrong(error.to_string()))?;
    nullable(&mut api);
    close(&mut api);
    let schema = api.pointer(part).and_then(|part| part.pointer("/content/application~1json/schema"));
    let mut root = schema.cloned().ok_or_else(|| wrong(format!("there is no `{part}`")))?;
    if let (Some(root), Some(components)) = (root.as_object_mut(), api.get_mut("components")) {
        root.insert("components".to_owned(), components.take());
    }
    jsonschema::options().should_validate_formats(true).build(&root).map_err(|error| wrong(error.to_string()))
}

fn nullable(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if object.get("nullable") == Some(&json!(true))
                && let Some(kind) = object.get("type").cloned()
            {
                object.insert("type".to_owned(), json!([kind, "null"]));
            }
            object.values_mut().for_each(nullable);
        }
        Value::Array(list) => list.iter_mut().for_each(nullable),
        _ => {}
    }
}

/// Refuses fields that the description of an order does not name.
fn close(api: &mut Value) {
    let places = [
        "/components/requestBodies/OrderInput/content/application~1json/schema",
        "/components/schemas/Address",
        "/components/schemas/CatalogItem",
        "/components/schemas/Placement",
        "/components/schemas/Layer",
    ];
    for place in places {
        if let Some(object) = api.pointer_mut(place).and_then(Value::as_object_mut) {
            object.insert("unevaluatedProperties".to_owned(), json!(false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_description_compiles() {
        let rules = Rules::official().unwrap();
        assert_eq!(rules.0.len(), 8);
        assert!(rules.problem("unheard-of", &json!({})).is_some());
        for answer in [
            "GetOrderById",
            "ConfirmOrderById",
            "GetShipments",
            "GetVariantPricesById",
            "GetVariantStockAvailabilityById",
        ] {
            printful(&format!("/components/responses/{answer}")).unwrap();
        }
    }
}
