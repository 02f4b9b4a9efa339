use crate::{
    Image,
    problem::Extent,
    testing::{only, open, problem, read, refusal},
};
use rust_decimal::Decimal;

const CLASSIC: &str = "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Position,Image Alt Text,Variant Image,Cost per item,Status,Rating (product.metafields.reviews.rating),Rating count (product.metafields.reviews.rating_count)";

fn classic(rows: &str) -> String {
    format!("{CLASSIC}\n{rows}")
}

/// A small feed with a cell to try out.
fn with(column: &str, cell: &str) -> String {
    format!("Handle,Title,Variant SKU,{column}\nlamp,Lamp,L-1,{cell}\nmug,Mug,M-1,\n")
}

#[test]
fn a_product_of_several_rows_gathers_variants_and_images() {
    let item = only(
        "f.csv",
        classic(concat!(
            "lamp,Desk Lamp,<p>Oak</p>,Fjord,Home > Lamps,Lamp,\"led, oak\",true,Color,Black,L-B,1150,4,59.95,74.95,https://i.example.com/2.jpg,2,back,,26.40,active,4.7,412\n",
            "lamp,,,,,,,,,White,L-W,1150,3,61.95,,https://i.example.com/1.jpg,1,front,https://i.example.com/w.jpg,27,,,\n",
            "lamp,,,,,,,,,,,,,,,https://i.example.com/3.jpg,3,,,,,,\n",
        )),
    );
    assert_eq!((item.sku.as_str(), item.title.as_str(), item.source.row), ("lamp", "Desk Lamp", 2));
    assert_eq!(item.supplier.as_deref(), Some("Fjord"));
    assert_eq!(item.category.as_deref(), Some("Home > Lamps"));
    assert_eq!(item.tags, ["led", "oak"]);
    assert_eq!(item.price.unwrap().to_string(), "EUR 59.95");
    assert_eq!(item.compare_at.unwrap().to_string(), "EUR 74.95");
    assert_eq!(item.cost.unwrap().to_string(), "EUR 26.40");
    assert_eq!((item.stock, item.rating, item.rating_count), (Some(7), Some(Decimal::new(47, 1)), Some(412)));
    let options: Vec<_> = item.variants.iter().map(|variant| variant.options.clone()).collect();
    assert_eq!(
        options,
        [vec![("Color".to_owned(), "Black".to_owned())], vec![("Color".to_owned(), "White".to_owned())]]
    );
    assert_eq!(item.variants[1].image.as_deref(), Some("https://i.example.com/w.jpg"));
    let urls: Vec<_> = item.images.iter().map(|image| image.url.as_str()).collect();
    assert_eq!(urls, ["https://i.example.com/1.jpg", "https://i.example.com/2.jpg", "https://i.example.com/3.jpg"]);
    assert_eq!(item.images[0], Image { url: urls[0].to_owned(), alt: Some("front".into()) });
    assert!(item.offered);
}

#[test]
fn the_newer_template_reads_the_same() {
    let item = only(
        "f.csv",
        concat!(
            "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,",
            "Option1 name,Option1 value,Option1 Linked To,Price,Price / International,Compare-at price,",
            "Compare-at price / International,Cost per item,Charge tax,Tax code,Inventory tracker,Inventory quantity,",
            "Continue selling when out of stock,Weight value (grams),Weight unit for display,Requires shipping,",
            "Fulfillment service,Product image URL,Image position,Image alt text,Variant image URL,Gift card,SEO title\n",
            "Mug,mug,<p>Big</p>,Fjord,Home > Mugs,Mug,tea,TRUE,Draft,M-1,4006381000014,Size,L,,9.5,,12,,4.25,TRUE,,",
            "shopify,8,DENY,320,g,TRUE,manual,https://i.example.com/m.jpg,1,A mug,,FALSE,Mug\n",
        ),
    );
    assert_eq!((item.sku.as_str(), item.stock, item.offered), ("mug", Some(8), false));
    assert_eq!(item.price.unwrap().to_string(), "EUR 9.50");
    assert_eq!(item.cost.unwrap().to_string(), "EUR 4.25");
    assert_eq!(item.weight_grams, Some(Decimal::from(320)));
    assert_eq!(item.variants[0].barcode.as_deref(), Some("4006381000014"));
    assert_eq!(item.images.len(), 1);
}

#[test]
fn a_byte_order_mark_crlf_and_quoted_line_breaks_are_read_with_true_line_numbers() {
    let feed = "\u{feff}Handle,Title,Body (HTML),Variant Price\r\na,A,\"<p>one\r\ntwo, \"\"three\"\"</p>\",1.50\r\n\r\nb,B,,oops\r\n";
    let (items, problems) = read("f.csv", feed);
    assert_eq!(items[0].description_html.as_deref(), Some("<p>one\r\ntwo, \"three\"</p>"));
    assert_eq!((items[0].source.row, problems[0].row), (2, 5));
}

#[test]
fn what_the_file_does_not_say_stays_unsaid() {
    let item = only("f.csv", "Handle,Title,Vendor,Variant SKU,Cost per item,Variant Grams\nlamp,Lamp,N/A,,-,0\n");
    assert_eq!((item.supplier, item.price, item.cost, item.stock), (None, None, None, None));
    assert_eq!((item.rating, item.rating_count, item.shipping_days, item.weight_grams), (None, None, None, None));
    assert_eq!((item.variants.len(), &item.variants[0].sku), (1, &None));
}

#[test]
fn the_stand_in_for_no_options_is_no_option() {
    let item = only("f.csv", "Handle,Title,Option1 Name,Option1 Value\nlamp,Lamp,Title,Default Title\n");
    assert_eq!(item.variants[0].options, []);
}

#[test]
fn stock_is_unknown_as_soon_as_one_variants_is() {
    let feed =
        "Handle,Title,Option1 Name,Option1 Value,Variant Inventory Qty\na,A,Size,S,4\na,,,M,\nb,B,Size,S,4\nb,,,M,-2\n";
    let (items, _) = read("f.csv", feed);
    assert_eq!((items[0].stock, items[1].stock), (None, Some(4)));
}

#[test]
fn a_wrong_cell_rejects_its_product_and_names_field_reason_and_fix() {
    let cases = [
        (
            "Variant Price",
            "\"1,000\"",
            "`1,000` has a comma, which can mean thousands or decimals; write a point before decimals and nothing between thousands, such as `1000.00`",
        ),
        ("Cost per item", "-4.10", "`-4.10` is negative; write zero or more, or leave it empty"),
        ("Cost per item", "1e999", "`1e999` is in scientific notation; write a plain number such as `12.50`"),
        ("Variant Inventory Qty", "twelve", "`twelve` is not a number; write a whole number such as `12`"),
        ("Image Src", "lamp.jpg", "`lamp.jpg` is not a web address; write a whole address that starts with `https://`"),
        ("Status", "live", "`live` is no status; write `active`, `draft`, `archived` or `unlisted`"),
        ("R (product.metafields.reviews.rating)", "5.1", "`5.1` is above 5; write a number from 0 to 5"),
        (
            "Option1 Value",
            "Red",
            "`Red` is the value of an option without a name; name the option on the product's first row",
        ),
    ];
    for (column, cell, message) in cases {
        let (items, problems) = read("f.csv", with(column, cell));
        assert_eq!(items.len(), 1, "the rest goes on after {cell}");
        let expected = format!("row 2 of `f.csv`, field `{column}`: {message}; product `lamp` is left out");
        assert_eq!(problems[0].to_string(), expected);
        assert_eq!(problems[0].extent, Extent::Row);
    }
}

#[test]
fn a_product_with_one_wrong_row_is_left_out_whole_and_reported_once() {
    let feed =
        "Handle,Title,Variant Price,Option1 Name,Option1 Value\na,A,1.00,Size,S\na,,NaN,,M\na,,x,,L\nb,B,2.00,,\n";
    let (items, problems) = read("f.csv", feed);
    assert_eq!(items.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].row, problems[0].product.as_deref()), (3, Some("a")));
}

#[test]
fn rows_that_continue_nothing_are_reported() {
    let message = problem("f.csv", "Handle,Title,Variant SKU\na,A,1\nb,B,2\na,,3\n");
    assert!(
        message.starts_with("row 4 of `f.csv`: the row has no title and does not continue the product above it"),
        "{message}"
    );
}

#[test]
fn a_product_that_comes_twice_is_read_once() {
    let (items, problems) = read("f.csv", "Handle,Title,Variant SKU\na,A,1\nb,B,2\na,A again,3\n");
    assert_eq!((items.len(), problems.len(), problems[0].row), (2, 1, 4));
    assert_eq!(problems[0].reason, "the product was already read from an earlier row");
}

#[test]
fn ratings_as_the_api_writes_them_are_understood_on_a_scale_of_five() {
    let column = "Rating (product.metafields.reviews.rating)";
    let rating = |json: &str| read("f.csv", with(column, &format!("\"{}\"", json.replace('"', "\"\""))));
    let (items, _) = rating(r#"{"value":"4.8","scale_min":"1.0","scale_max":"5.0"}"#);
    assert_eq!(items[0].rating, Some(Decimal::new(48, 1)));
    for wrong in [r#"{"value":"9","scale_min":"1.0","scale_max":"10.0"}"#, r#"{"value":9}"#, "{"] {
        assert_eq!(rating(wrong).1.len(), 1, "{wrong}");
    }
}

#[test]
fn shipping_days_come_from_a_metafield_of_any_namespace() {
    let item = only("f.csv", "Handle,Title,Vendor,Days (product.metafields.custom.shipping_days)\na,A,V,4\n");
    assert_eq!(item.shipping_days, Some(4));
}

#[test]
fn a_file_without_titles_is_refused_by_the_name_of_the_column() {
    let message = refusal("f.csv", "Handle,Vendor,Variant Price,Variant SKU\na,V,1,2\n");
    assert_eq!(message, "`f.csv` has no column `Title`: add the column `Title` to the header line");
}

#[test]
fn two_columns_of_one_meaning_are_refused() {
    let message = refusal("f.csv", "Handle,Title,Price,Variant Price\na,A,1,2\n");
    assert!(message.contains("the columns `Price` and `Variant Price` mean the same; remove one of them"), "{message}");
}

#[test]
fn strange_columns_are_reported_once_and_known_ones_never() {
    let feed = "Handle,Title,Vendor,Gift Card,SEO Title,Included / Netherlands,Google Shopping / MPN,Colour (product.metafields.custom.colour),Warehouse\na,A,V,,,,,,x\nb,B,V,,,,,,y\n";
    let mut reader = open("f.csv", feed).unwrap();
    assert_eq!(reader.by_ref().filter(Result::is_ok).count(), 2);
    let names: Vec<_> = reader.unknown_fields().iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Warehouse"]);
}

#[test]
fn amounts_need_a_currency_from_the_options() {
    let feed = std::io::Cursor::new(with("Variant Price", "12.50"));
    let mut reader = crate::Reader::from_read("f.csv", feed, &crate::Options::default()).unwrap();
    let problem = reader.next().unwrap().unwrap_err();
    assert!(problem.to_string().contains("`12.50` has no currency; write the currency behind it"), "{problem}");
}

#[test]
fn a_product_larger_than_any_shop_takes_is_refused_and_the_rest_goes_on() {
    let mut feed = String::from("Handle,Title,Option1 Name,Option1 Value\na,A,No,0\n");
    for number in 1..5_000 {
        feed.push_str(&format!("a,,,{number}\n"));
    }
    feed.push_str("b,B,,\n");
    let mut reader = open("f.csv", feed).unwrap();
    let problem = reader.next().unwrap().unwrap_err();
    assert_eq!((problem.reason.as_str(), problem.row), ("the product has more than 2048 variants", 2_050));
    assert_eq!(reader.next().unwrap().unwrap().sku, "b");
    assert!(reader.next().is_none());
    assert!(reader.peak().variants <= 2_049);
}

#[test]
fn products_without_handles_stand_alone() {
    let (items, problems) = read("f.csv", "Title,SKU,Price\nLamp,L-1,5\nLamp,L-2,6\nMug,,7\n");
    assert_eq!(items.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["L-1", "L-2"]);
    assert_eq!(problems[0].reason, "the product has no key");
}
