use super::may_be_feed;
use crate::testing::{only, refusal};

#[test]
fn what_people_mistake_for_a_feed_is_refused_with_the_fix() {
    let cases: [(&[u8], &str); 9] = [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \n", "it is empty"),
        (b"\xff\xfeH\0a\0", "it is UTF-16 text; save the file as UTF-8"),
        (b"\x1f\x8b\x08\0", "it is compressed; unpack it first"),
        (b"PK\x03\x04....", "it is a spreadsheet or an archive; save the sheet as CSV in UTF-8"),
        (b"  <!DOCTYPE html><html>", "it is a web page; use the address of the feed itself"),
        (b"Handle;Title;Vendor;Price\na;A;V;1\n", "its columns are separated by `;`"),
        (b"name,age\nx,1\n", "its first line is not the header of a known feed"),
        (b"{\n  \"products\": [\n", "it is one JSON object over several lines; give an array of products"),
    ];
    for (bytes, message) in cases {
        let shown = refusal("feed", bytes);
        assert!(shown.starts_with("`feed` is not a product feed: ") && shown.contains(message), "{shown}");
    }
}

#[test]
fn content_tells_the_format_when_the_name_does_not() {
    let feeds = [
        "Handle,Title,Vendor\na,A,V\n",
        "Handle\tTitle\tVendor\na\tA\tV\n",
        "id,title,link\na,A,\n",
        "id\ttitle\tlink\na\tA\t\n",
        "<rss><channel><item><id>a</id><title>A</title></item></channel></rss>",
        "\u{feff}[{\"sku\":\"a\",\"title\":\"A\"}]",
        "{\"sku\":\"a\",\"title\":\"A\"}",
    ];
    for feed in feeds {
        assert_eq!(only("download", feed).title, "A", "{feed}");
    }
}

#[test]
fn a_folder_is_searched_for_feeds_by_name() {
    for name in ["products.csv", "P.TSV", "feed.xml", "a.b.jsonl", "google.txt"] {
        assert!(may_be_feed(name), "{name}");
    }
    for name in ["suppliers.csv", "Trends.CSV", "suppliers.json", "README.md", "csv", ".csv", "photo.jpg"] {
        assert!(!may_be_feed(name), "{name}");
    }
}
