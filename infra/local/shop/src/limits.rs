//! How long an input list may be; the schema does not say.

use serde_json::{Map, Value, json};

const DEFAULT: usize = 250;
const LARGER: [(&str, usize); 2] = [("productSet.input.variants", 2048), ("productVariantsBulkUpdate.variants", 2048)];

/// The error for the first list in `args` that is longer than allowed. Its path has no indexes.
pub(crate) fn oversize(field: &str, args: &Map<String, Value>) -> Option<Value> {
    let (path, size, max) = args.iter().find_map(|(name, value)| longest(format!("{field}.{name}"), value))?;
    let path: Vec<_> = path.split('.').map(str::to_owned).collect();
    Some(json!({
        "message": format!("The input array size of {size} is greater than the maximum allowed of {max}."),
        "path": path,
        "extensions": { "code": "MAX_INPUT_SIZE_EXCEEDED" },
    }))
}

fn longest(path: String, value: &Value) -> Option<(String, usize, usize)> {
    match value {
        Value::Array(items) => {
            let max = allowed(&path);
            if items.len() > max {
                return Some((path, items.len(), max));
            }
            items.iter().find_map(|item| longest(path.clone(), item))
        }
        Value::Object(fields) => fields.iter().find_map(|(name, value)| longest(format!("{path}.{name}"), value)),
        _ => None,
    }
}

fn allowed(path: &str) -> usize {
    LARGER.iter().find(|(known, _)| *known == path).map_or(DEFAULT, |(_, max)| *max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_over_its_limit_is_named_without_indexes() {
        let quantities = vec![json!({}); 251];
        let args = json!({ "input": { "variants": [{ "inventoryQuantities": quantities }] } });
        let error = oversize("productSet", args.as_object().unwrap()).unwrap();
        assert_eq!(error["path"], json!(["productSet", "input", "variants", "inventoryQuantities"]));
        let fits = json!({ "input": { "variants": vec![json!({}); 2048] } });
        assert!(oversize("productSet", fits.as_object().unwrap()).is_none());
    }
}
