use crate::{Item, testing::only};
use proptest::prelude::*;

fn item(fields: &str) -> Item {
    only(
        "feed.jsonl",
        format!(
            r#"{{"sku":"A-1","title":"Lamp","supplier":"S","price":"20.00","cost":"9","stock":5,"rating":"4.5",{fields}}}"#
        ),
    )
}

fn with(field: &str, value: &str) -> Item {
    let mut fields = vec![
        ("sku", "\"A-1\""),
        ("supplier", "\"S\""),
        ("price", "20"),
        ("cost", "9"),
        ("stock", "5"),
        ("rating", "4.5"),
    ];
    for pair in &mut fields {
        if pair.0 == field {
            pair.1 = value;
        }
    }
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
    only("feed.jsonl", format!(r#"{{"title":"Lamp",{}}}"#, body.join(",")))
}

#[test]
fn what_does_not_matter_to_a_decision_does_not_change_it() {
    let one = item(r#""description":"old""#).fingerprint();
    assert_eq!(one.as_str().len(), 64);
    assert_eq!(one, item(r#""tags":["new"],"images":["https://example.com/a.jpg"]"#).fingerprint());
    for (field, value) in [("stock", "4"), ("rating", "4.50"), ("price", "\"20.0\""), ("cost", "\"9.00 EUR\"")] {
        assert_eq!(one, with(field, value).fingerprint(), "{field}");
    }
}

#[test]
fn whatever_matters_to_a_decision_changes_it() {
    let one = item(r#""tags":[]"#).fingerprint();
    for (field, value) in [
        ("sku", "\"A-2\""),
        ("supplier", "\"T\""),
        ("supplier", "null"),
        ("price", "20.01"),
        ("price", "\"20 USD\""),
        ("price", "null"),
        ("cost", "9.01"),
        ("stock", "0"),
        ("stock", "null"),
        ("rating", "4.4"),
        ("rating", "null"),
    ] {
        assert_ne!(one, with(field, value).fingerprint(), "{field} {value}");
    }
}

proptest! {
    #[test]
    fn no_two_suppliers_and_keys_run_into_each_other(a in "[a-z\",]{1,4}", b in "[a-z\",]{1,4}", cut in 0_usize..4) {
        let whole = format!("{a}{b}");
        let cut = cut.min(whole.len());
        let (left, right) = whole.split_at(cut);
        let mut one = item(r#""tags":[]"#);
        let mut two = one.clone();
        one.supplier = Some(a.clone());
        one.sku = b.clone();
        two.supplier = Some(left.to_owned());
        two.sku = right.to_owned();
        prop_assert_eq!(one.fingerprint() == two.fingerprint(), a == left && b == right);
    }
}
