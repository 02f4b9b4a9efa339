use super::requested;
use crate::plan::{Request, plan};
use crate::schema::admin;
use serde_json::{Value, json};

fn cost(query: &str, variables: Value) -> u64 {
    let admin = admin().unwrap();
    let request = Request { query: query.to_owned(), variables: variables.as_object().cloned(), operation_name: None };
    let plan = plan(admin, request).unwrap_or_else(|errors| panic!("{errors:?}"));
    requested(&admin.schema, &plan)
}

#[test]
fn the_captured_costs_are_reproduced() {
    for (first, points) in [(1, 3), (5, 5), (10, 6), (20, 7), (50, 9), (100, 11), (250, 13)] {
        let query = "query($n: Int!) { publications(first: $n) { nodes { id } } }";
        assert_eq!(cost(query, json!({ "n": first })), points);
    }
    let create = "mutation($d: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $d) {
        createdDefinition { id type { name } capabilities { uniqueValues { enabled } } } userErrors { code } } }";
    let definition = json!({ "d": { "name": "n", "key": "kk", "type": "id", "ownerType": "PRODUCT" } });
    assert_eq!(cost(create, definition), 13);
    let levels = "query($id: ID!) { inventoryItem(id: $id) { inventoryLevels(first: 5) {
        nodes { location { id } quantities(names: [\"available\"]) { name } } } } }";
    assert_eq!(cost(levels, json!({ "id": "gid://shopify/InventoryItem/1" })), 12);
}

#[test]
fn large_inputs_cost_what_the_schema_says() {
    let set = "mutation($input: ProductSetInput!) { productSet(input: $input) { product { id } userErrors { code } } }";
    let variants = vec![json!({ "optionValues": [] }); 2049];
    assert_eq!(cost(set, json!({ "input": { "variants": variants } })), 420);
}
