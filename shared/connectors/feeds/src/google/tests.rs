use crate::{
    problem::Extent,
    testing::{only, open, problem, read, refusal},
};
use rust_decimal::Decimal;

/// An RSS feed of these items.
fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\" xmlns:g=\"http://base.google.com/ns/1.0\"><channel><title>Shop</title>{items}</channel></rss>"
    )
}

/// An item with an id, a title and this.
fn item(id: &str, rest: &str) -> String {
    format!("<item><g:id>{id}</g:id><title>{id}</title>{rest}</item>")
}

#[test]
fn a_table_reads_prices_stock_and_shipping() {
    let item = only(
        "f.tsv",
        concat!(
            "id\ttitle\timage link\tadditional image link\tavailability\tquantity\tprice\tcost_of_goods_sold\tbrand\tgtin\tproduct_type\tgoogle_product_category\tshipping_weight\tshipping\n",
            "L-1\t\"Lamp, \"\"oak\"\"\"\thttps://i.example.com/1.jpg\thttps://i.example.com/2.jpg,https://i.example.com/1.jpg\tin stock\t7\t29.99 EUR\t12.50 EUR\tFjord\t4006381000014\tHome > Lamps\t2271\t1.5 kg\tNL::Standard:4.95 EUR:0:1:1:2,DE::Standard:6.95 EUR:1:2:2:4\n",
        ),
    );
    assert_eq!((item.sku.as_str(), item.title.as_str()), ("L-1", "Lamp, \"oak\""));
    assert_eq!(
        (item.price.unwrap().to_string(), item.cost.unwrap().to_string()),
        ("EUR 29.99".into(), "EUR 12.50".into())
    );
    assert_eq!((item.stock, item.shipping_days), (Some(7), Some(6)));
    assert_eq!(item.category.as_deref(), Some("Home > Lamps"), "a number says nothing");
    assert_eq!(item.weight_grams, Some(Decimal::from(1500)));
    assert_eq!(item.images.len(), 2);
    assert_eq!(item.variants[0].barcode.as_deref(), Some("4006381000014"));
}

#[test]
fn a_header_may_order_the_parts_of_shipping() {
    let feed = "id\ttitle\tlink\tshipping(country:max_transit_time:max_handling_time)\nA\tA\t\tNL:3:1\n";
    assert_eq!(only("f.tsv", feed).shipping_days, Some(4));
    let without = "id\ttitle\tlink\tshipping(country:price)\nA\tA\t\tNL:4.95 EUR\n";
    assert_eq!(only("f.tsv", without).shipping_days, None);
}

#[test]
fn a_sale_is_the_price_unless_it_has_dates() {
    let price = |rest: &str| {
        let item = only(
            "f.xml",
            rss(&item("A", &format!("<g:price>30 EUR</g:price><g:sale_price>24 EUR</g:sale_price>{rest}"))),
        );
        (item.price.unwrap().to_string(), item.compare_at.map(|price| price.to_string()))
    };
    assert_eq!(price(""), ("EUR 24.00".into(), Some("EUR 30.00".into())));
    let dates =
        "<g:sale_price_effective_date>2026-01-01T00:00+0100/2026-01-07T00:00+0100</g:sale_price_effective_date>";
    assert_eq!(price(dates), ("EUR 30.00".into(), None));
}

#[test]
fn what_is_not_available_now_is_not_in_stock() {
    let stock = |rest: &str| only("f.xml", rss(&item("A", rest))).stock;
    assert_eq!(stock("<g:availability>in_stock</g:availability>"), None);
    assert_eq!(stock("<g:availability>In Stock</g:availability><g:quantity>5</g:quantity>"), Some(5));
    assert_eq!(stock("<g:sell_on_google_quantity>6</g:sell_on_google_quantity>"), Some(6));
    for away in ["out_of_stock", "out of stock", "preorder", "backorder"] {
        assert_eq!(stock(&format!("<g:availability>{away}</g:availability><g:quantity>5</g:quantity>")), Some(0));
    }
    let message = problem("f.xml", rss(&item("A", "<g:availability>maybe</g:availability>")));
    assert!(message.contains("field `availability`: `maybe` is no availability; write `in_stock`"), "{message}");
}

#[test]
fn neighbours_of_a_group_are_one_product() {
    let feed = "id\ttitle\titem_group_id\tsize\tprice\nA-S\tShirt\tA\tS\t10 EUR\nA-M\tShirt M\tA\tM\t11 EUR\nB\tMug\t\tbig\t5 EUR\n";
    let (items, problems) = read("f.tsv", feed);
    assert_eq!(problems, []);
    assert_eq!((items[0].sku.as_str(), items[0].title.as_str(), items[0].variants.len()), ("A", "Shirt", 2));
    assert_eq!(items[0].variants[1].options, [("Size".to_owned(), "M".to_owned())]);
    assert_eq!((items[1].sku.as_str(), items[1].variants[0].options.len()), ("B", 0));
}

#[test]
fn a_group_that_is_scattered_is_reported() {
    let feed = "id\ttitle\titem_group_id\tprice\nA-S\tA\tA\t1 EUR\nB\tB\t\t1 EUR\nA-M\tA\tA\t1 EUR\n";
    let (items, problems) = read("f.tsv", feed);
    assert_eq!((items.len(), problems.len(), problems[0].row), (2, 1, 4));
    assert!(problems[0].fix.contains("put the rows of a product together"));
}

#[test]
fn xml_reads_cdata_entities_and_shipping() {
    let item = only(
        "f.xml",
        rss(&item(
            "A",
            concat!(
                "<g:description><![CDATA[<p>Tea & more</p>]]></g:description>",
                "<g:brand>Fish &amp; Fjord &#233;</g:brand><g:link>https://example.com/?a=1&b=2</g:link>",
                "<g:additional_image_link>https://i.example.com/2.jpg</g:additional_image_link>",
                "<g:additional_image_link>https://i.example.com/3.jpg</g:additional_image_link>",
                "<g:shipping><g:country>NL</g:country><g:max_handling_time>1</g:max_handling_time><g:max_transit_time>3</g:max_transit_time></g:shipping>",
            ),
        )),
    );
    assert_eq!(item.description_html.as_deref(), Some("<p>Tea & more</p>"));
    assert_eq!(item.supplier.as_deref(), Some("Fish & Fjord é"));
    assert_eq!(item.link.as_deref(), Some("https://example.com/?a=1&b=2"));
    assert_eq!((item.shipping_days, item.images.len()), (Some(4), 2));
}

#[test]
fn atom_reads_the_same_and_foreign_elements_do_not_disturb() {
    let item = only(
        "f.xml",
        concat!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:g=\"https://base.google.com/ns/1.0\" xmlns:m=\"urn:media\">",
            "<title>Shop</title><entry><m:title>no</m:title><m:price>1 EUR</m:price><title>Lamp</title>",
            "<link rel=\"self\" href=\"https://example.com/self\"/><link href=\"https://example.com/lamp\"/>",
            "<summary>Oak</summary><g:id>L</g:id><g:price>12.00 EUR</g:price></entry></feed>",
        ),
    );
    assert_eq!((item.title.as_str(), item.price.unwrap().to_string()), ("Lamp", "EUR 12.00".into()));
    assert_eq!(item.link.as_deref(), Some("https://example.com/lamp"));
    assert_eq!(item.description_html.as_deref(), Some("Oak"));
}

#[test]
fn a_prefix_that_nobody_declared_is_taken_as_googles() {
    let item = only("f.xml", "<rss><channel><item><g:id>A</g:id><g:title>Lamp</g:title></item></channel></rss>");
    assert_eq!((item.sku.as_str(), item.title.as_str()), ("A", "Lamp"));
}

#[test]
fn an_item_with_a_fault_is_rejected_by_its_number_and_the_rest_goes_on() {
    let cases = [
        ("<g:price>1.000,00 EUR</g:price>", "field `price`: `1.000,00` has a comma"),
        ("<g:price>29.99</g:price><g:rating>NaN</g:rating>", "field `rating`: `NaN` is not a number"),
        ("<g:brand>A&nbsp;B</g:brand>", "`&nbsp;` is not known in XML; write the character itself"),
        ("<g:image_link>/a.jpg</g:image_link>", "field `image_link`: `/a.jpg` is not a web address"),
    ];
    for (fault, message) in cases {
        let (items, problems) = read("f.xml", rss(&format!("{}{}{}", item("A", ""), item("B", fault), item("C", ""))));
        assert_eq!(items.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["A", "C"]);
        let shown = problems[0].to_string();
        assert!(shown.starts_with("row 2 of `f.xml`") && shown.contains(message), "{shown}");
        assert!(shown.ends_with("product `B` is left out"), "{shown}");
    }
}

#[test]
fn text_that_is_not_utf_8_costs_one_item() {
    let mut feed = rss(&format!("{}{}", item("A", "<g:brand>@</g:brand>"), item("B", ""))).into_bytes();
    for byte in &mut feed {
        if *byte == b'@' {
            *byte = 0xe9;
        }
    }
    let (items, problems) = read("f.xml", feed);
    assert_eq!((items.len(), problems.len(), problems[0].row), (1, 1, 1));
    assert_eq!(problems[0].reason, "`\u{fffd}` has lost characters");
}

#[test]
fn broken_xml_ends_the_file_but_keeps_what_was_read() {
    for broken in ["<item><g:id>B</g:title></item>", "<item><g:id", "<item><g:id>B</g:id>"] {
        let feed = format!("<rss><channel>{}{broken}", item("A", ""));
        let (items, problems) = read("f.xml", feed);
        assert_eq!((items.len(), problems.len()), (1, 1), "{broken}");
        assert_eq!((problems[0].extent, problems[0].row), (Extent::RestOfFile, 2));
    }
}

#[test]
fn an_item_without_end_ends_the_file_and_is_never_held() {
    for flood in ["x".repeat(8 << 20), "<a>".repeat(3 << 20)] {
        let mut reader = open("f.xml", rss(&format!("{}{}", item("A", ""), item("B", &flood)))).unwrap();
        assert!(reader.next().unwrap().is_ok());
        let problem = reader.next().unwrap().unwrap_err();
        assert_eq!(problem.extent, Extent::RestOfFile);
        assert!(reader.next().is_none());
        assert!(reader.peak().bytes < 4 << 20, "{:?}", reader.peak());
    }
}

#[test]
fn entities_of_a_document_type_are_never_expanded() {
    let feed = format!(
        "<!DOCTYPE rss [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>{}",
        rss(&item("A", "<g:brand>&b;</g:brand>")).replace("<?xml version=\"1.0\"?>\n", "")
    );
    assert!(problem("f.xml", feed).contains("`&b;` is not known in XML"));
}

#[test]
fn other_xml_and_other_encodings_are_refused() {
    assert!(refusal("f.xml", "<catalog/>").contains("its XML begins with `catalog`, not with `rss` or `feed`"));
    assert!(
        refusal("f.xml", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss/>")
            .contains("its encoding is `ISO-8859-1`; save the file as UTF-8")
    );
}

#[test]
fn a_table_without_titles_is_refused_by_the_name_of_the_column() {
    let message = refusal("f.tsv", "id\tprice\tavailability\n1\t2 EUR\tin stock\n");
    assert_eq!(message, "`f.tsv` has no column `title`: add the column `title` to the header line");
}

#[test]
fn strange_attributes_are_reported_once() {
    let mut reader = open(
        "f.xml",
        rss(&format!("{}{}", item("A", "<g:shoe>1</g:shoe><g:mpn>2</g:mpn>"), item("B", "<g:shoe>1</g:shoe>"))),
    )
    .unwrap();
    assert_eq!(reader.by_ref().count(), 2);
    let names: Vec<_> = reader.unknown_fields().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["shoe"]);
}
