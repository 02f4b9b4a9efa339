use crate::support::{DEFINE, Store, custom_id, custom_id_definition, lamp_input, one, user_errors};
use serde_json::{Value, json};

async fn define(store: &Store, definition: Value) -> Value {
    let data = store.data(DEFINE, json!({ "definition": definition })).await;
    data["metafieldDefinitionCreate"].clone()
}

#[tokio::test]
async fn a_definition_is_created_once() {
    let store = Store::new();
    let first = define(&store, custom_id_definition()).await;
    assert_eq!(user_errors(&first), []);
    let created = &first["createdDefinition"];
    assert_eq!(created["type"]["name"], "id");
    assert_eq!(created["capabilities"]["uniqueValues"]["enabled"], true);
    let second = define(&store, custom_id_definition()).await;
    assert_eq!(user_errors(&second), one("TAKEN", "definition.key"));
    assert_eq!(second["createdDefinition"], Value::Null);
    let query = "{ metafieldDefinitions(first: 5, ownerType: PRODUCT, namespace: \"orchestrator\") { nodes { id key } } \
        metafieldDefinition(identifier: { ownerType: PRODUCT, namespace: \"orchestrator\", key: \"sku\" }) { id } }";
    let data = store.data(query, json!({})).await;
    assert_eq!(data["metafieldDefinitions"]["nodes"], json!([{ "id": created["id"], "key": "sku" }]));
    assert_eq!(data["metafieldDefinition"]["id"], created["id"]);
}

#[tokio::test]
async fn each_corrupted_definition_is_refused() {
    let store = Store::new();
    let cases = [
        ("namespace", json!("ab"), "TOO_SHORT", "definition.namespace"),
        ("namespace", json!("a b c"), "INVALID_CHARACTER", "definition.namespace"),
        ("key", json!("k"), "TOO_SHORT", "definition.key"),
        ("name", json!(" "), "BLANK", "definition.name"),
        ("type", json!("string"), "INCLUSION", "definition.type"),
        (
            "capabilities",
            json!({ "uniqueValues": { "enabled": false } }),
            "CAPABILITY_REQUIRED_BUT_DISABLED",
            "definition",
        ),
    ];
    for (field, bad, code, at) in cases {
        let mut definition = custom_id_definition();
        definition[field] = bad;
        assert_eq!(user_errors(&define(&store, definition).await), one(code, at), "{field}");
    }
}

#[tokio::test]
async fn a_custom_id_needs_a_unique_definition_of_type_id() {
    let store = Store::new();
    let set = "mutation($id: ProductSetIdentifiers, $input: ProductSetInput!) { productSet(identifier: $id, input: $input) { product { id } userErrors { code } } }";
    let variables = json!({ "id": custom_id("a"), "input": { "title": "A" } });
    let (code, answer) = store.refusal(set, variables.clone()).await;
    assert_eq!(code, "NOT_FOUND");
    assert_eq!(answer["data"], json!({ "productSet": null }));
    assert_eq!(answer["errors"][0]["message"], "Metafield definition of type 'id' is required when using custom ids.");
    store.define_custom_id().await;
    assert_eq!(store.data(set, variables).await["productSet"]["userErrors"], json!([]));
}

#[tokio::test]
async fn listed_metafields_must_name_the_custom_id_without_a_type() {
    let store = Store::new();
    store.define_custom_id().await;
    let own = json!({ "namespace": "orchestrator", "key": "sku", "value": "lamp-1" });
    let typed = json!({ "namespace": "orchestrator", "key": "sku", "value": "lamp-1", "type": "id" });
    let other = json!({ "namespace": "custom", "key": "material", "type": "single_line_text_field", "value": "steel" });
    let mut input = lamp_input();
    for bad in [json!([other]), json!([typed, other])] {
        input["metafields"] = bad;
        let found = store.set_refused(custom_id("lamp-1"), input.clone()).await;
        assert_eq!(found, one("METAFIELD_MISMATCH", "input"));
    }
    input["metafields"] = json!([own, other]);
    let lamp = store.set(custom_id("lamp-1"), input.clone()).await;
    assert_eq!(lamp["metafields"]["nodes"].as_array().unwrap().len(), 2);
    input["metafields"] = json!([own]);
    let lamp = store.set(custom_id("lamp-1"), input).await;
    assert_eq!(lamp["metafields"]["nodes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn two_products_cannot_share_a_custom_id() {
    let store = Store::new();
    store.lamp().await;
    let metafield = json!({ "namespace": "orchestrator", "key": "sku", "value": "lamp-1" });
    let found = store.set_refused(Value::Null, json!({ "title": "Copy", "metafields": [metafield] })).await;
    assert_eq!(found, one("INVALID_METAFIELD", "input.metafields.0.value"));
}

#[tokio::test]
async fn metafields_are_set_on_products_and_variants_or_refused_together() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let query = "mutation($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { \
        metafields { key value jsonValue ownerType } userErrors { code field message } } }";
    let variant = &lamp["variants"]["nodes"][0]["id"];
    let good = json!([
        { "ownerId": lamp["id"], "namespace": "custom", "key": "watts", "type": "number_integer", "value": "40" },
        { "ownerId": variant, "key": "note", "type": "single_line_text_field", "value": "black" },
    ]);
    let answer = store.data(query, json!({ "m": good })).await["metafieldsSet"].clone();
    assert_eq!(
        answer["metafields"],
        json!([
            { "key": "watts", "value": "40", "jsonValue": 40, "ownerType": "PRODUCT" },
            { "key": "note", "value": "black", "jsonValue": "black", "ownerType": "PRODUCTVARIANT" },
        ])
    );
    let cases = [
        (
            json!({ "ownerId": lamp["id"], "key": "watts2", "type": "number_integer", "value": "4.5" }),
            "INVALID_VALUE",
            "metafields.0.value",
        ),
        (json!({ "ownerId": lamp["id"], "key": "untyped", "value": "x" }), "BLANK", "metafields.0.type"),
        (
            json!({ "ownerId": lamp["id"], "key": "odd", "type": "string", "value": "x" }),
            "INCLUSION",
            "metafields.0.type",
        ),
        (
            json!({ "ownerId": "gid://shopify/Product/1", "key": "kk", "type": "id", "value": "x" }),
            "INVALID_VALUE",
            "metafields.0.ownerId",
        ),
    ];
    for (bad, code, field) in cases {
        let answer = store.data(query, json!({ "m": [bad] })).await["metafieldsSet"].clone();
        assert_eq!(user_errors(&answer), one(code, field));
        assert_eq!(answer["metafields"], Value::Null);
    }
    let many = vec![json!({ "ownerId": lamp["id"], "key": "kk", "value": "x" }); 26];
    let answer = store.data(query, json!({ "m": many })).await["metafieldsSet"].clone();
    assert_eq!(user_errors(&answer), one("LESS_THAN_OR_EQUAL_TO", "metafields"));
}
