use super::{Reader, open};
use crate::{
    Extent, Source,
    testing::{euros, split},
};
use proptest::prelude::*;
use std::{
    fs,
    io::{BufWriter, Cursor, Write},
    path::{Path, PathBuf},
};

/// The sample feeds of this project.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../events/feeds")
}

fn sample(name: &str) -> Reader {
    Reader::from_path(&samples().join(name), &euros()).unwrap()
}

/// A Shopify CSV of so many rows, four to a product: three variants and an image.
fn shopify_feed(rows: usize) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let mut out = BufWriter::new(&file);
    let header =
        "Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Cost per item";
    writeln!(out, "{header}").unwrap();
    for product in 0..rows / 4 {
        let handle = format!("p{product:08}");
        writeln!(out, "{handle},Product {product:08},\"<p>One\ntwo</p>\",Fjord,Size,S,{handle}-S,19.95,https://i.example.com/1.jpg,8.10").unwrap();
        writeln!(out, "{handle},,,,,M,{handle}-M,19.95,,8.10\n{handle},,,,,L,{handle}-L,21.95,,8.60").unwrap();
        writeln!(out, "{handle},,,,,,,,https://i.example.com/2.jpg,").unwrap();
    }
    out.flush().unwrap();
    drop(out);
    file
}

fn read_generated(rows: usize) -> (usize, Reader) {
    let file = shopify_feed(rows);
    let mut reader = Reader::from_path(file.path(), &euros()).unwrap();
    let mut items = 0;
    for read in reader.by_ref() {
        let item = read.unwrap();
        assert_eq!((item.variants.len(), item.images.len()), (3, 2));
        items += 1;
    }
    (items, reader)
}

#[test]
fn a_feed_of_100_000_rows_takes_no_more_than_one_of_400() {
    let (few, small) = read_generated(400);
    let (many, large) = read_generated(100_000);
    assert_eq!((few, many), (100, 25_000));
    assert_eq!(small.peak(), large.peak());
    assert_eq!(large.peak().variants, 3);
    assert!(large.peak().bytes < 16 * 1024, "{:?}", large.peak());
}

#[test]
#[ignore = "reports the memory of the process: run it alone, with --no-capture"]
fn the_memory_of_the_process_stays_small_over_a_million_rows() {
    let (items, reader) = read_generated(1_000_000);
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    println!("{items} products, {:?}, {peak}", reader.peak());
    let kilobytes: u64 = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kilobytes < 64 * 1024);
}

#[test]
fn a_folder_is_read_in_name_order_and_says_what_it_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("b.csv", "Handle,Title,Vendor\nb,B,V\n"),
        ("a.jsonl", "{\"sku\":\"a\",\"title\":\"A\",\"odd\":1}\n"),
        ("c.csv", "Handle,Vendor,Variant Price\nc,V,1\n"),
        ("d.csv", "order,total\n1,2\n"),
        ("e.txt", "just a note"),
        ("f.tsv", "id\ttitle\tlink\nf\tF\t\n"),
        ("suppliers.csv", "supplier\nV\n"),
        (".hidden.csv", "Handle,Title,Vendor\nh,H,V\n"),
        ("README.md", "text"),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut reader = Reader::from_path(folder.path(), &euros()).unwrap();
    let (items, problems) = split(reader.by_ref());
    assert_eq!(items.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["a", "b", "f"]);
    assert_eq!((problems.len(), problems[0].extent, problems[0].field.as_deref()), (1, Extent::File, Some("Title")));
    assert!(problems[0].file.ends_with("c.csv"));
    let skipped: Vec<_> = reader.skipped().iter().map(|skipped| skipped.file.rsplit('/').next().unwrap()).collect();
    assert_eq!(skipped, ["d.csv", "e.txt"]);
    assert_eq!(reader.unknown_fields()[0].name, "odd");
}

#[test]
fn one_product_in_two_files_of_a_folder_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.jsonl", "b.jsonl"] {
        fs::write(folder.path().join(name), "{\"sku\":\"a\",\"title\":\"A\",\"supplier\":\"V\"}\n").unwrap();
    }
    let (items, problems) = split(Reader::from_path(folder.path(), &euros()).unwrap());
    assert_eq!((items.len(), problems.len()), (1, 1));
}

#[test]
fn what_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.csv");
    let message = Reader::from_path(&missing, &euros()).err().unwrap().to_string();
    assert!(message.starts_with(&format!("cannot read `{}`: ", missing.display())), "{message}");
    let message = Reader::from_path(folder.path(), &euros()).err().unwrap().to_string();
    assert!(message.ends_with("holds no product feed: put one in it, such as a Shopify product CSV"), "{message}");
    fs::write(folder.path().join("a.csv"), "x,y\n").unwrap();
    let message = Reader::from_path(folder.path(), &euros()).err().unwrap().to_string();
    assert!(message.contains("a.csv`: its first line is not the header of a known feed"), "{message}");
    assert!(Reader::from_path(Path::new("/dev/zero"), &euros()).is_err());
}

#[test]
fn the_options_name_the_supplier_of_a_feed_that_does_not() {
    let options = crate::Options { supplier: Some("Fjord".into()), ..euros() };
    let feed = Cursor::new("{\"sku\":\"a\",\"title\":\"A\"}\n{\"sku\":\"b\",\"title\":\"B\",\"supplier\":\"Own\"}\n");
    let (items, _) = split(Reader::from_read("f", feed, &options).unwrap());
    let suppliers: Vec<_> = items.iter().map(|item| item.supplier.as_deref().unwrap()).collect();
    assert_eq!(suppliers, ["Fjord", "Own"]);
}

#[test]
fn the_same_feed_again_has_the_same_fingerprints() {
    let prints = || sample("").filter_map(Result::ok).map(|item| item.fingerprint()).collect::<Vec<_>>();
    let (first, second) = (prints(), prints());
    assert!(first.len() > 40);
    assert_eq!(first, second);
    let distinct: std::collections::HashSet<_> = first.iter().map(ToString::to_string).collect();
    assert_eq!(distinct.len(), first.len());
}

#[test]
fn the_sample_shopify_export_is_read_but_for_its_two_broken_rows() {
    let (items, problems) = split(sample("shopify-products.csv"));
    assert_eq!((items.len(), problems.len()), (25, 2));
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_deref().unwrap()).collect();
    assert_eq!(fields, ["Variant Price", "Variant Inventory Qty"]);
    let lamp = &items[0];
    assert_eq!((lamp.variants.len(), lamp.images.len(), lamp.stock), (3, 4, Some(285)));
    let missing = |what: fn(&crate::Item) -> bool| items.iter().filter(|item| what(item)).count();
    assert_eq!(missing(|item| item.cost.is_none()), 1);
    assert_eq!(missing(|item| item.stock.is_none()), 1);
    assert_eq!(missing(|item| item.rating.is_none()), 1);
    assert_eq!(missing(|item| item.shipping_days.is_none()), 0);
    assert_eq!(missing(|item| !item.offered), 1);
}

#[test]
fn every_sample_feed_has_products_and_a_problem_to_show() {
    for (name, products, problems) in [
        ("google-products.tsv", 4, 1),
        ("google-products.xml", 5, 1),
        ("products.json", 5, 1),
        ("products.jsonl", 4, 2),
    ] {
        let (items, found) = split(sample(name));
        assert_eq!((items.len(), found.len()), (products, problems), "{name}");
        assert!(items.iter().all(|item| item.supplier.is_some() && item.category.is_some() && item.price.is_some()));
    }
}

#[test]
fn every_sample_product_has_a_supplier_and_a_trend_on_record() {
    let suppliers = crate::suppliers(&samples().join("suppliers.csv")).unwrap();
    let trends = crate::trends(&samples().join("trends.csv")).unwrap();
    assert_eq!((suppliers.records.len(), suppliers.problems.len(), trends.problems.len()), (5, 0, 0));
    for item in sample("").filter_map(Result::ok) {
        assert!(suppliers.records.iter().any(|record| Some(&record.supplier) == item.supplier.as_ref()), "{item:?}");
        let category = crate::Topic::Category(item.category.clone().unwrap());
        assert!(trends.records.iter().any(|trend| trend.topic == category), "{category:?}");
    }
}

#[tokio::test]
async fn a_source_is_a_path_or_an_address_and_shows_no_secrets() {
    let path: Source = "events/feeds".parse().unwrap();
    assert_eq!(path, Source::Path("events/feeds".into()));
    let url: Source = "https://user:secret@example.com:8443/feed.csv?token=secret".parse().unwrap();
    assert_eq!(url.to_string(), "https://example.com:8443/feed.csv");
    let client = reqwest::Client::builder().build().unwrap();
    let reader = open(&Source::Path(samples()), &euros(), &client).await.unwrap();
    assert!(reader.count() > 40);
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(start in 0_usize..9, bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        read_hostile(start, &bytes);
    }

    #[test]
    fn no_text_makes_a_reader_panic(start in 0_usize..9, text in "[ -~\\n\\r\\t\"<>&;,{}\\[\\]:/éx0-9]{0,400}") {
        read_hostile(start, text.as_bytes());
    }

    #[test]
    fn no_damage_to_a_good_feed_makes_a_reader_panic(
        name in prop::sample::select(vec!["shopify-products.csv", "google-products.tsv", "google-products.xml", "products.json", "products.jsonl"]),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = fs::read(samples().join(name)).unwrap();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(cut.index(bytes.len()).max(bytes.len() / 2));
        read_hostile(0, &bytes);
    }
}

/// Reads bytes behind the start of some format; every reader must come to an end.
fn read_hostile(start: usize, bytes: &[u8]) {
    let starts: [&[u8]; 9] = [
        b"",
        b"Handle,Title,Vendor,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty,Image Src\n",
        b"id\ttitle\tprice\tshipping\titem_group_id\tavailability\n",
        b"<rss><channel><item>",
        b"<feed><entry><g:shipping>",
        b"[",
        b"[{\"sku\":\"a\",\"title\":\"A\",\"variants\":",
        b"{\"sku\":\"a\",\"title\":",
        b"{}\n",
    ];
    let whole = [starts[start], bytes].concat();
    let length = whole.len();
    if let Ok(reader) = Reader::from_read("hostile", Cursor::new(whole), &euros()) {
        assert!(reader.take(length + 2).count() <= length + 1);
    }
}
