use crate::support::Store;
use serde_json::{Value, json};

/// A document, its variables and the code with which it must be refused.
const REFUSED: [(&str, &str, &str); 16] = [
    ("{ shop { name nmae } }", "{}", "undefinedField"),
    ("{ shop { name", "{}", "PARSE_ERROR"),
    ("", "{}", "PARSE_ERROR"),
    ("{ shop }", "{}", "selectionMismatch"),
    ("{ shop { name { x } } }", "{}", "selectionMismatch"),
    ("{ products(frist: 1) { nodes { id } } }", "{}", "argumentNotAccepted"),
    ("{ product { id } }", "{}", "missingRequiredArguments"),
    ("{ products(first: \"one\") { nodes { id } } }", "{}", "argumentLiteralsIncompatible"),
    ("{ product(id: \"7\") { id } }", "{}", "argumentLiteralsIncompatible"),
    ("{ shop { ...Missing } }", "{}", "useAndDefineFragment"),
    ("query($x: Int) { shop { name } }", "{}", "variableNotUsed"),
    ("{ products(first: $n) { nodes { id } } }", "{}", "variableNotDefined"),
    ("query($n: String) { products(first: $n) { nodes { id } } }", "{}", "variableMismatch"),
    ("{ shop { name @later } }", "{}", "undefinedDirective"),
    ("query($n: Int!) { products(first: $n) { nodes { id } } }", "{}", "INVALID_VARIABLE"),
    ("query($n: Int!) { products(first: $n) { nodes { id } } }", "{\"n\": 1.5}", "INVALID_VARIABLE"),
];

#[tokio::test]
async fn an_invalid_document_is_refused_before_execution_with_its_code() {
    let store = Store::new();
    for (query, variables, expected) in REFUSED {
        let variables = serde_json::from_str(variables).unwrap();
        let (code, answer) = store.refusal(query, variables).await;
        assert_eq!(code, expected, "{query}: {answer:#}");
        assert!(answer.get("data").is_none(), "{query}");
        assert!(answer.get("extensions").is_none(), "{query}");
    }
}

#[tokio::test]
async fn an_unknown_field_is_named_with_its_type_and_path() {
    let store = Store::new();
    let query = "query Q { products(first: 1) { nodes { id wrong } } }";
    let (_, answer) = store.refusal(query, json!({})).await;
    let error = &answer["errors"][0];
    assert_eq!(error["message"], "Field 'wrong' doesn't exist on type 'Product'");
    assert_eq!(error["path"], json!(["query Q", "products", "nodes", "wrong"]));
    assert_eq!(error["extensions"]["typeName"], "Product");
    assert_eq!(error["extensions"]["fieldName"], "wrong");
    assert_eq!(error["locations"], json!([{ "line": 1, "column": 43 }]));
}

#[tokio::test]
async fn all_problems_of_a_variable_are_listed_and_there_is_no_data() {
    let store = Store::new();
    let query = "mutation($input: ProductSetInput!) { productSet(input: $input) { userErrors { code } } }";
    let input = json!({ "title": null, "status": "LIVE", "variants": [{ "price": 9.5 }], "extra": true });
    let (code, answer) = store.refusal(query, json!({ "input": input })).await;
    assert_eq!(code, "INVALID_VARIABLE");
    assert!(answer.get("data").is_none());
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(extensions["value"], input);
    let paths: Vec<&Value> = extensions["problems"].as_array().unwrap().iter().map(|p| &p["path"]).collect();
    for path in
        [json!(["status"]), json!(["extra"]), json!(["variants", 0, "price"]), json!(["variants", 0, "optionValues"])]
    {
        assert!(paths.contains(&&path), "{path} in {paths:?}");
    }
}

#[tokio::test]
async fn one_of_inputs_take_exactly_one_key_as_variable_and_as_literal() {
    let store = Store::new();
    let by = "query($by: ProductIdentifierInput!) { productByIdentifier(identifier: $by) { id } }";
    assert_eq!(store.data(by, json!({ "by": { "handle": "none" } })).await["productByIdentifier"], Value::Null);
    let two = json!({ "by": { "handle": "a", "id": "gid://shopify/Product/1" } });
    assert_eq!(store.refusal(by, two).await.0, "INVALID_VARIABLE");
    let literal = "{ productByIdentifier(identifier: {}) { id } }";
    assert_eq!(store.refusal(literal, json!({})).await.0, "argumentLiteralsIncompatible");
}

#[tokio::test]
async fn an_amount_must_be_a_decimal_string() {
    let store = Store::new();
    let query = "mutation($p: Money) { productVariantsBulkUpdate(productId: \"gid://shopify/Product/1\", \
        variants: [{ id: \"gid://shopify/ProductVariant/1\", price: $p }]) { userErrors { code } } }";
    let fine = store.data(query, json!({ "p": "9.99" })).await;
    assert_eq!(fine["productVariantsBulkUpdate"]["userErrors"][0]["code"], "PRODUCT_DOES_NOT_EXIST");
    for bad in [json!(9.99), json!("9,99"), json!("free"), json!("1e2")] {
        assert_eq!(store.refusal(query, json!({ "p": bad })).await.0, "INVALID_VARIABLE");
    }
}
