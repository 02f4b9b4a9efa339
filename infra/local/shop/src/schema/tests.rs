use super::admin;

#[test]
fn the_embedded_schema_is_the_full_official_one() {
    let admin = admin().unwrap();
    let fields = |name: &str| admin.schema.get_object(name).unwrap().fields.len();
    assert_eq!(fields("QueryRoot"), 287);
    assert_eq!(fields("Mutation"), 518);
    assert!(admin.schema.directive_definitions.contains_key("idempotent"));
}
