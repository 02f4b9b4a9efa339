use crate::{
    limits::RECORD,
    problem::Extent,
    testing::{only, open, problem, read},
};
use rust_decimal::Decimal;

/// One product with these further fields.
fn product(fields: &str) -> String {
    format!("[{{\"sku\":\"A\",\"title\":\"Lamp\"{fields}}}]")
}

#[test]
fn all_documented_fields_are_read() {
    let item = only(
        "f.json",
        product(concat!(
            r#","description":"<p>Oak</p>","supplier":"Fjord","category":"Home > Lamps","productType":"Lamp","tags":["led","oak","led"],"#,
            r#""price":"59.95","compareAtPrice":74.95,"cost":"26.40 USD","currency":"EUR","stock":7,"rating":4.75,"ratingCount":412,"#,
            r#""images":["https://i.example.com/1.jpg",{"url":"https://i.example.com/2.jpg","alt":"back"}],"#,
            r#""link":"https://example.com/lamp","shippingDays":3,"weightGrams":1150.5,"barcode":4006381000014,"status":"active""#,
        )),
    );
    assert_eq!((item.sku.as_str(), item.supplier.as_deref()), ("A", Some("Fjord")));
    assert_eq!(item.tags, ["led", "oak"]);
    let amounts = [item.price, item.compare_at, item.cost].map(|money| money.unwrap().to_string());
    assert_eq!(amounts, ["EUR 59.95", "EUR 74.95", "USD 26.40"]);
    assert_eq!((item.stock, item.rating_count, item.shipping_days), (Some(7), Some(412), Some(3)));
    assert_eq!((item.rating, item.weight_grams), (Some(Decimal::new(475, 2)), Some(Decimal::new(11505, 1))));
    assert_eq!((item.images.len(), item.images[1].alt.as_deref()), (2, Some("back")));
    assert_eq!(item.variants[0].barcode.as_deref(), Some("4006381000014"));
}

#[test]
fn variants_take_what_they_do_not_state_from_their_product() {
    let item = only(
        "f.json",
        product(concat!(
            r#","price":20,"cost":"9","variants":[{"sku":"A-S","options":{"Size":"S","Color":"Red"},"stock":2},"#,
            r#"{"sku":"A-M","options":{"Size":"M"},"price":22,"stock":3,"image":"https://i.example.com/m.jpg"}]"#,
        )),
    );
    let prices: Vec<_> = item.variants.iter().map(|variant| variant.price.unwrap().to_string()).collect();
    assert_eq!((prices, item.stock), (vec!["EUR 20.00".to_owned(), "EUR 22.00".into()], Some(5)));
    assert_eq!(item.variants[0].options[0], ("Size".to_owned(), "S".to_owned()));
    assert_eq!(item.variants[1].cost, item.cost);
}

#[test]
fn spelling_of_names_does_not_matter_and_null_is_missing() {
    let item = only(
        "f.json",
        r#"[{"SKU":"A","Title":"Lamp","compare_at_price":"5","rating-count":3,"stock":null,"Vendor":"V"}]"#,
    );
    assert_eq!((item.compare_at.is_some(), item.rating_count, item.stock), (true, Some(3), None));
    assert_eq!(item.supplier.as_deref(), Some("V"));
}

#[test]
fn a_wrong_field_rejects_its_product() {
    let cases = [
        (r#","price":-1"#, "field `price`: `-1` is negative"),
        (r#","price":1e999"#, "field `price`: `1e999` is in scientific notation"),
        (r#","price":true"#, "field `price`: `true` is neither text nor number"),
        (r#","price":{"amount":1}"#, "field `price`: `{\"amount\":1}` is neither text nor number"),
        (r#","stock":1.5"#, "field `stock`: `1.5` is not a whole number"),
        (r#","rating":"5,0""#, "field `rating`: `5,0` has a comma"),
        (r#","currency":"EURO""#, "field `currency`: `EURO` is no ISO 4217 currency code"),
        (r#","tags":{"a":1}"#, "field `tags`: `{\"a\":1}` is no array"),
        (r#","images":[1]"#, "field `images`: `1` is not a web address"),
        (r#","variants":[{"price":"x"}]"#, "field `price`: `x` is not a number"),
        (r#","variants":[{"options":["S"]}]"#, "field `options`: `[\"S\"]` is no object"),
        (r#","description":"\ud800""#, "field `description`: the text has a broken escape"),
    ];
    for (field, message) in cases {
        let shown = problem("f.json", product(field));
        assert!(shown.starts_with("row 1 of `f.json`") && shown.contains(message), "{shown}");
    }
}

#[test]
fn a_broken_object_costs_only_itself() {
    let feed =
        r#"[{"sku":"A","title":"A"}, {"sku":"B" "title":"B"}, 5, null, {"sku":"C"}, {"sku":"D","title":"]}\"{"}]"#;
    let (items, problems) = read("f.json", feed);
    assert_eq!(items.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["A", "D"]);
    assert_eq!(problems.iter().map(|problem| problem.row).collect::<Vec<_>>(), [2, 3, 4, 5]);
    assert!(
        problems[0].reason.starts_with("it is no JSON object: expected `,` or `}` near character"),
        "{}",
        problems[0]
    );
    assert_eq!(problems[3].reason, "the product has no title");
}

#[test]
fn lines_are_counted_with_the_empty_ones() {
    let feed = "{\"sku\":\"A\",\"title\":\"A\"}\r\n\n{\"sku\":\"B\"\n{\"sku\":\"C\",\"title\":\"C\"}";
    let (items, problems) = read("f.jsonl", feed);
    assert_eq!((items.len(), items[1].source.row), (2, 4));
    assert_eq!((problems.len(), problems[0].row), (1, 3));
}

#[test]
fn an_array_that_is_cut_off_says_so_after_the_last_whole_product() {
    let (items, problems) = read("f.json", r#"[{"sku":"A","title":"A"},{"sku":"B","ti"#);
    assert_eq!((items.len(), problems.len(), problems[0].extent), (1, 1, Extent::RestOfFile));
    assert_eq!((problems[0].row, problems[0].reason.as_str()), (2, "the file ends before the array is closed"));
}

#[test]
fn an_object_without_end_is_skipped_and_never_held() {
    let long = "x".repeat(8 << 20);
    for feed in [
        format!("[{{\"sku\":\"A\",\"title\":\"{long}\"}},{{\"sku\":\"B\",\"title\":\"B\"}}]"),
        format!("{{\"sku\":\"A\",\"title\":\"{long}\"}}\n{{\"sku\":\"B\",\"title\":\"B\"}}\n"),
    ] {
        let mut reader = open("f.json", feed).unwrap();
        assert_eq!(reader.next().unwrap().unwrap_err().reason, "the row is longer than 2097152 bytes");
        assert_eq!(reader.next().unwrap().unwrap().sku, "B");
        assert!(reader.next().is_none());
        assert!(reader.peak().bytes < 2 * RECORD + 4_096, "{:?}", reader.peak());
    }
}

#[test]
fn a_value_nested_a_million_deep_is_no_danger() {
    let deep = "[".repeat(1 << 20);
    let (items, problems) =
        read("f.jsonl", format!("{{\"sku\":\"A\",\"title\":\"A\",\"x\":{deep}\n{{\"sku\":\"B\",\"title\":\"B\"}}\n"));
    assert_eq!((items.len(), problems.len()), (1, 1));
}

#[test]
fn text_that_is_not_utf_8_costs_one_product() {
    let (items, problems) = read("f.jsonl", b"{\"sku\":\"A\",\"title\":\"\xe9\"}\n{\"sku\":\"B\",\"title\":\"B\"}\n");
    assert_eq!((items.len(), problems[0].reason.as_str()), (1, "the text is not UTF-8"));
}

#[test]
fn strange_fields_are_reported_once_per_feed() {
    let feed = r#"[{"sku":"A","title":"A","warehouse":1,"variants":[{"shelf":2}]},{"sku":"B","title":"B","warehouse":{"x":[]}}]"#;
    let mut reader = open("f.json", feed).unwrap();
    assert_eq!(reader.by_ref().filter(Result::is_ok).count(), 2);
    let names: Vec<_> = reader.unknown_fields().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["warehouse", "variants.shelf"]);
}
