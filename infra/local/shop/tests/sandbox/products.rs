use crate::support::{SET, Store, custom_id, lamp_input, one, user_errors};
use serde_json::{Value, json};
use time::Duration;

#[tokio::test]
async fn a_product_is_created_as_given() {
    let lamp = Store::new().lamp().await;
    let expected = json!({
        "handle": "desk-lamp",
        "status": "ACTIVE",
        "tags": ["Light", "office"],
        "description": "Warm light",
        "vendor": "Lumen",
        "seo": { "title": "Lamp", "description": "A lamp" },
        "options": [{ "name": "Color", "values": ["Black", "White"] }],
        "metafields": { "nodes": [
            { "namespace": "orchestrator", "key": "sku", "type": "id", "value": "lamp-1" }
        ] },
    });
    for (field, value) in expected.as_object().unwrap() {
        assert_eq!(&lamp[field], value, "{field}");
    }
    let id = lamp["id"].as_str().unwrap().rsplit('/').next().unwrap();
    assert!(id.parse::<i64>().unwrap() > 1 << 53);
    let black = &lamp["variants"]["nodes"][0];
    assert_eq!(black["price"], "49.90");
    assert_eq!(black["compareAtPrice"], "59.00");
    assert_eq!(black["sku"], "LAMP-B");
    assert_eq!(black["inventoryItem"]["unitCost"], json!({ "amount": "20.0", "currencyCode": "EUR" }));
    assert_eq!(lamp["variants"]["nodes"][1]["compareAtPrice"], Value::Null);
}

#[tokio::test]
async fn the_same_custom_id_updates_the_same_product_and_lists_replace() {
    let store = Store::new();
    let first = store.lamp().await;
    let mut input = lamp_input();
    input["title"] = json!("Desk lamp, second edition");
    input["productOptions"][0]["values"] = json!([{ "name": "White" }]);
    input["variants"] = json!([{ "optionValues": [{ "optionName": "Color", "name": "White" }], "price": "40" }]);
    input["files"] = json!([{ "id": first["media"]["nodes"][0]["id"], "alt": "Again" }]);
    let second = store.set(custom_id("lamp-1"), input).await;
    assert_eq!(second["id"], first["id"]);
    assert_eq!(second["handle"], "desk-lamp");
    let variants = second["variants"]["nodes"].as_array().unwrap();
    assert_eq!(variants.len(), 1);
    assert_eq!(variants[0]["id"], first["variants"]["nodes"][1]["id"]);
    assert_eq!(variants[0]["sku"], "LAMP-W");
    assert_eq!(second["media"]["nodes"][0]["id"], first["media"]["nodes"][0]["id"]);
    assert_eq!(second["media"]["nodes"][0]["alt"], "Again");
    let emptied = store.set(custom_id("lamp-1"), json!({ "files": [] })).await;
    assert_eq!(emptied["media"]["nodes"], json!([]));
    assert_eq!(emptied["variants"]["nodes"].as_array().unwrap().len(), 1);
    assert_eq!(store.effects(0), json!({ "productSet": 3 }));
}

#[tokio::test]
async fn identifiers_are_strict() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let by_id = json!({ "id": lamp["id"] });
    assert_eq!(store.set(by_id.clone(), json!({ "vendor": "Other" })).await["vendor"], "Other");
    let by_handle = json!({ "handle": "chair" });
    let input = json!({ "title": "Chair", "handle": "chair" });
    assert_eq!(store.set(by_handle.clone(), input).await["handle"], "chair");
    let cases = [
        (by_id, json!({ "id": lamp["id"] }), "ID_NOT_ALLOWED", "input"),
        (json!({ "id": "gid://shopify/Product/1" }), json!({}), "PRODUCT_DOES_NOT_EXIST", "identifier.id"),
        (Value::Null, json!({ "id": "gid://shopify/Product/1" }), "PRODUCT_DOES_NOT_EXIST", "input.id"),
        (by_handle.clone(), json!({ "title": "C" }), "MISSING_FIELD_REQUIRED", "input"),
        (by_handle, json!({ "title": "C", "handle": "c" }), "INPUT_MISMATCH", "input"),
    ];
    for (identifier, input, code, field) in cases {
        assert_eq!(store.set_refused(identifier, input).await, one(code, field));
    }
}

/// A change to the good input and the user error it must cause.
#[tokio::test]
async fn each_corrupted_input_is_refused_and_nothing_is_kept() {
    let store = Store::new();
    store.define_custom_id().await;
    let value = |name: &str| json!([{ "optionName": "Color", "name": name }]);
    let color = |values: Value| json!([{ "name": "Color", "values": values }]);
    let cases = [
        ("/title", json!("  "), "INVALID_PRODUCT", "input.title"),
        ("/vendor", json!("v".repeat(256)), "INVALID_PRODUCT", "input.vendor"),
        ("/productOptions", Value::Null, "PRODUCT_OPTIONS_INPUT_MISSING", "input.productOptions"),
        ("/variants", Value::Null, "VARIANTS_INPUT_MISSING", "input.variants"),
        ("/variants/0/price", json!("-1"), "INVALID_VARIANT", "input.variants.0.price"),
        (
            "/variants/0/inventoryItem/cost",
            json!("1000000000000000000"),
            "INVALID_VARIANT",
            "input.variants.0.inventoryItem.cost",
        ),
        ("/variants/1/optionValues", value("Black"), "INVALID_VARIANT", "input.variants.1"),
        ("/variants/1/optionValues", value("Blue"), "OPTION_VALUE_DOES_NOT_EXIST", "input.variants.1.optionValues.0"),
        (
            "/variants/1/optionValues",
            json!([{ "optionName": "Size", "name": "S" }]),
            "OPTION_DOES_NOT_EXIST",
            "input.variants.1.optionValues.0",
        ),
        ("/variants/1/optionValues", json!([]), "INVALID_VARIANT", "input.variants.1.optionValues"),
        (
            "/variants/1/id",
            json!("gid://shopify/ProductVariant/1"),
            "PRODUCT_VARIANT_DOES_NOT_EXIST",
            "input.variants.1.id",
        ),
        (
            "/productOptions",
            color(json!([{ "name": "Black" }, { "name": "White" }, { "name": "black" }])),
            "DUPLICATED_OPTION_VALUE",
            "input.productOptions.0.values.2",
        ),
        (
            "/productOptions/0/values",
            json!([{ "name": "Black" }, { "name": "White" }, { "name": "" }]),
            "INVALID_INPUT",
            "input.productOptions.0.values.2",
        ),
        ("/files/0/originalSource", json!("lamp.jpg"), "INVALID_INPUT", "input.files.0.originalSource"),
        ("/files/0/id", json!("gid://shopify/MediaImage/1"), "INVALID_INPUT", "input.files.0.id"),
        (
            "/variants/0/inventoryQuantities",
            json!([{ "locationId": "gid://shopify/Location/1", "name": "available", "quantity": 1 }]),
            "INVALID_INPUT",
            "input.variants.0.inventoryQuantities.0.locationId",
        ),
    ];
    for (pointer, bad, code, field) in cases {
        let mut input = lamp_input();
        *pointed(&mut input, pointer) = bad;
        let found = store.set_refused(custom_id("lamp-1"), input).await;
        assert_eq!(found, one(code, field), "{pointer}");
    }
    assert_eq!(store.shop.state().unwrap()["products"], json!([]));
}

/// The place of a JSON pointer, added when its object lacks it.
fn pointed<'a>(value: &'a mut Value, pointer: &str) -> &'a mut Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = value.pointer_mut(parent).unwrap();
    &mut parent[name]
}

#[tokio::test]
async fn an_input_that_the_sandbox_would_ignore_is_refused() {
    let store = Store::new();
    let input = json!({ "title": "Voucher", "giftCard": true });
    let (code, answer) = store.refusal(SET, json!({ "input": input })).await;
    assert_eq!(code, "NOT_SIMULATED");
    assert_eq!(answer["data"], json!({ "productSet": null }));
}

#[tokio::test]
async fn a_category_is_of_the_taxonomy() {
    let store = Store::new();
    let query = "mutation($c: ID!) { productSet(input: { title: \"C\", category: $c }) { product { category { id } } userErrors { code } } }";
    let good = "gid://shopify/TaxonomyCategory/hg-13-3";
    let data = store.data(query, json!({ "c": good })).await;
    assert_eq!(data["productSet"]["product"]["category"]["id"], good);
    let (code, _) = store.refusal(query, json!({ "c": "gid://shopify/Collection/1" })).await;
    assert_eq!(code, "INVALID_PRODUCT_TAXONOMY_NODE_ID");
}

#[tokio::test]
async fn handles_are_unique_and_derived_when_not_given() {
    let store = Store::new();
    let make = |input: Value| store.set(Value::Null, input);
    assert_eq!(make(json!({ "title": "Soft Chair" })).await["handle"], "soft-chair");
    assert_eq!(make(json!({ "title": "Soft Chair" })).await["handle"], "soft-chair-1");
    assert_eq!(make(json!({ "title": "%%%" })).await["handle"], "product");
    let taken = json!({ "title": "Chair", "handle": " SOFT-Chair " });
    let found = store.set_refused(Value::Null, taken).await;
    assert_eq!(found, one("HANDLE_NOT_UNIQUE", "input.handle"));
}

#[tokio::test]
async fn a_product_without_variants_gets_the_default_one() {
    let store = Store::new();
    let plain = store.set(Value::Null, json!({ "title": "Plain", "status": "DRAFT" })).await;
    assert_eq!(plain["options"], json!([{ "name": "Title", "values": ["Default Title"] }]));
    assert_eq!(plain["variants"]["nodes"][0]["price"], "0.00");
    assert_eq!(plain["variants"]["nodes"][0]["inventoryItem"]["tracked"], false);
}

#[tokio::test]
async fn more_than_2048_variants_are_refused_before_execution() {
    let store = Store::new();
    let names: Vec<String> = (0..2049).map(|n| format!("V{n}")).collect();
    let variants: Vec<Value> =
        names.iter().map(|name| json!({ "optionValues": [{ "optionName": "N", "name": name }] })).collect();
    let input = json!({ "title": "Many", "variants": variants });
    let (code, answer) = store.refusal(SET, json!({ "input": input })).await;
    assert_eq!(code, "MAX_INPUT_SIZE_EXCEEDED");
    assert_eq!(answer["errors"][0]["path"], json!(["productSet", "input", "variants"]));
    assert!(answer.get("data").is_none());
    assert_eq!(answer["extensions"]["cost"]["actualQueryCost"], Value::Null);
}

#[tokio::test]
async fn an_image_is_uploaded_then_processed_then_ready() {
    let store = Store::open(None, |s| s.media_processing = Duration::seconds(5));
    let lamp = store.lamp().await;
    let query = "query($id: ID!) { product(id: $id) { featuredMedia { id } media(first: 1) { nodes { \
        status ... on MediaImage { image { url altText } } } } } }";
    let read = async || store.data(query, json!({ "id": lamp["id"] })).await["product"].clone();
    assert_eq!(lamp["media"]["nodes"][0]["status"], "UPLOADED");
    store.advance(Duration::seconds(2));
    assert_eq!(read().await["media"]["nodes"][0], json!({ "status": "PROCESSING", "image": null }));
    store.advance(Duration::seconds(3));
    let ready = read().await;
    let image = json!({ "url": "https://cdn.example.com/lamp.jpg", "altText": "A lamp" });
    assert_eq!(ready["media"]["nodes"][0], json!({ "status": "READY", "image": image }));
    assert_eq!(ready["featuredMedia"]["id"], lamp["media"]["nodes"][0]["id"]);
}

#[tokio::test]
async fn an_asynchronous_set_answers_an_operation_to_poll() {
    let store = Store::new();
    let query = "mutation($input: ProductSetInput!) { productSet(input: $input, synchronous: false) { \
        product { id } productSetOperation { id status userErrors { code } } userErrors { code } } }";
    let poll = "query($id: ID!) { productOperation(id: $id) { __typename status product { title } \
        ... on ProductSetOperation { userErrors { code } } } }";
    for (input, title, code) in [
        (json!({ "title": "Later" }), json!({ "title": "Later" }), json!([])),
        (json!({ "title": "" }), Value::Null, json!([{ "code": "INVALID_PRODUCT" }])),
    ] {
        let payload = store.data(query, json!({ "input": input })).await["productSet"].clone();
        assert_eq!(payload["product"], Value::Null);
        assert_eq!(payload["productSetOperation"]["status"], "CREATED");
        let id = &payload["productSetOperation"]["id"];
        let done = store.data(poll, json!({ "id": id })).await["productOperation"].clone();
        assert_eq!(done["status"], "COMPLETE");
        assert_eq!(done["product"], title);
        assert_eq!(done["userErrors"], code);
    }
    let (code, _) = store.refusal(poll, json!({ "id": "gid://shopify/Product/1" })).await;
    assert_eq!(code, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn a_product_is_updated_or_the_reason_is_given() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let query = "mutation($p: ProductUpdateInput!) { productUpdate(product: $p) { \
        product { title status tags } userErrors { field message } } }";
    let good = json!({ "id": lamp["id"], "title": "Lamp 2", "status": "ARCHIVED", "tags": [] });
    let updated = store.data(query, json!({ "p": good })).await["productUpdate"].clone();
    assert_eq!(updated["product"], json!({ "title": "Lamp 2", "status": "ARCHIVED", "tags": [] }));
    let bad = json!({ "id": lamp["id"], "title": "" });
    let refused = store.data(query, json!({ "p": bad })).await["productUpdate"].clone();
    assert_eq!(refused["userErrors"], json!([{ "field": ["title"], "message": "Title can't be blank" }]));
    assert_eq!(refused["product"]["title"], "Lamp 2");
    let missing = json!({ "id": "gid://shopify/Product/1", "title": "x" });
    let missing = store.data(query, json!({ "p": missing })).await["productUpdate"].clone();
    assert_eq!(missing["userErrors"][0]["message"], "Product does not exist");
}

#[tokio::test]
async fn a_product_is_deleted_once() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let query = "mutation($i: ProductDeleteInput!) { productDelete(input: $i) { deletedProductId userErrors { field message } } }";
    let input = json!({ "i": { "id": lamp["id"] } });
    let first = store.data(query, input.clone()).await["productDelete"].clone();
    assert_eq!(first, json!({ "deletedProductId": lamp["id"], "userErrors": [] }));
    let second = store.data(query, input).await["productDelete"].clone();
    assert_eq!(second["userErrors"], json!([{ "field": ["id"], "message": "Product does not exist" }]));
    let state = store.shop.state().unwrap();
    assert_eq!(state["products"], json!([]));
    let counts = json!({ "orchestrator.sku=lamp-1": { "productSet": 1, "productDelete": 1 } });
    assert_eq!(state["effects"], counts);
}

#[tokio::test]
async fn prices_change_together_or_not_at_all() {
    let store = Store::new();
    let lamp = store.lamp().await;
    let ids: Vec<&Value> = (0..2).map(|i| &lamp["variants"]["nodes"][i]["id"]).collect();
    let query = "mutation($id: ID!, $v: [ProductVariantsBulkInput!]!, $partly: Boolean!) { \
        productVariantsBulkUpdate(productId: $id, variants: $v, allowPartialUpdates: $partly) { \
        productVariants { price compareAtPrice } userErrors { code field message } } }";
    let change = async |variants: Value, partly: bool| {
        let variables = json!({ "id": lamp["id"], "v": variants, "partly": partly });
        store.data(query, variables).await["productVariantsBulkUpdate"].clone()
    };
    let good = change(json!([{ "id": ids[0], "price": "30", "compareAtPrice": null }]), false).await;
    assert_eq!(good["productVariants"], json!([{ "price": "30.00", "compareAtPrice": null }]));
    let mixed = json!([{ "id": ids[0], "price": "31" }, { "id": ids[1], "price": "-1" }]);
    let refused = change(mixed.clone(), false).await;
    assert_eq!(user_errors(&refused), one("GREATER_THAN_OR_EQUAL_TO", "variants.1.price"));
    assert_eq!(refused["productVariants"][0]["price"], "30.00");
    let partly = change(mixed, true).await;
    assert_eq!(partly["productVariants"][0]["price"], "31.00");
    assert_eq!(partly["productVariants"][1]["price"], "44.95");
    for (bad, code, field) in [
        (json!([{ "price": "1" }]), "PRODUCT_VARIANT_ID_MISSING", "variants.0.id"),
        (json!([{ "id": "gid://shopify/ProductVariant/1" }]), "PRODUCT_VARIANT_DOES_NOT_EXIST", "variants.0.id"),
    ] {
        assert_eq!(user_errors(&change(bad, false).await), one(code, field));
    }
    assert_eq!(store.effects(0)["productVariantsBulkUpdate"], 2);
}
