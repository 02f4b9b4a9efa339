use super::problems;
use crate::schema::admin;
use apollo_compiler::ast::Type;
use serde_json::{Value, json};

fn explain(input: &str, value: Value) -> Vec<(Value, String)> {
    let ty = Type::parse(input, "type.graphql").unwrap();
    problems(&admin().unwrap().schema, &ty, &value).into_iter().map(|p| (json!(p.path), p.explanation)).collect()
}

#[test]
fn every_problem_is_named_with_its_path() {
    let found = explain(
        "ProductSetInput!",
        json!({
            "title": 7,
            "status": "LIVE",
            "surprise": 1,
            "variants": [{ "price": 9.99, "optionValues": null }],
        }),
    );
    let paths: Vec<_> = found.iter().map(|(path, _)| path.clone()).collect();
    for path in [
        json!(["surprise"]),
        json!(["title"]),
        json!(["status"]),
        json!(["variants", 0, "price"]),
        json!(["variants", 0, "optionValues"]),
    ] {
        assert!(paths.contains(&path), "{path} not in {paths:?}");
    }
    assert_eq!(found.len(), 5);
}

#[test]
fn the_removed_compare_fields_are_not_defined() {
    let found = explain(
        "InventorySetQuantitiesInput!",
        json!({ "name": "available", "reason": "correction", "ignoreCompareQuantity": true, "quantities": [] }),
    );
    assert_eq!(
        found,
        [(json!(["ignoreCompareQuantity"]), "Field is not defined on InventorySetQuantitiesInput".to_owned())]
    );
}

#[test]
fn an_identifier_needs_exactly_one_key() {
    let ok = json!({ "handle": "a" });
    assert!(explain("ProductSetIdentifiers", ok).is_empty());
    for bad in [json!({}), json!({ "handle": null }), json!({ "handle": "a", "id": "gid://shopify/Product/1" })] {
        assert_eq!(explain("ProductSetIdentifiers", bad.clone()).len(), 1, "{bad}");
    }
}

#[test]
fn a_single_value_stands_for_a_list_of_one() {
    assert!(explain("[String!]", json!("tag")).is_empty());
    assert_eq!(explain("[String!]!", Value::Null).len(), 1);
}
