use crate::limits::RECORD;
use crate::testing::{open, problem, read};

const HEADER: &str = "Handle,Title,Vendor,Variant Price\n";

#[test]
fn a_row_with_more_cells_than_headers_is_reported_unless_they_are_empty() {
    let (items, problems) = read("f.csv", format!("{HEADER}a,A,V,1,,\nb,B,V,1,extra\n"));
    assert_eq!((items.len(), problems.len()), (1, 1));
    assert_eq!(problems[0].reason, "the row has 5 cells under 4 headers");
}

#[test]
fn cells_that_a_spreadsheet_dropped_at_the_end_are_missing() {
    let (items, problems) = read("f.csv", format!("{HEADER}a,A\n"));
    assert_eq!((items.len(), problems.len(), items[0].price), (1, 0, None));
}

#[test]
fn a_quote_that_is_not_closed_costs_the_rows_it_swallows_and_never_mixes_them() {
    let (items, problems) = read("f.csv", format!("{HEADER}a,\"A,V,1\nb,B,V,2\nc,\"C\",V,3\nd,D,V,4\n"));
    assert_eq!(items.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>(), ["d"]);
    assert_eq!((problems[0].row, problems[0].reason.as_str()), (2, "text stands behind a closing quote"));
    let message = problem("f.csv", format!("{HEADER}a,\"A,V,1\nb,B,V,2\n"));
    assert!(
        message.contains("a quote is opened and never closed, and takes the rest of the file with it"),
        "{message}"
    );
}

#[test]
fn quotes_within_quotes_and_in_bare_text_are_text() {
    let (items, problems) = read("f.csv", format!("{HEADER}a,\"A \"\"big\"\" one\",\"\",\"1\"\nb,12\" pan,V,2\n"));
    assert_eq!(problems, []);
    assert_eq!((items[0].title.as_str(), items[1].title.as_str()), ("A \"big\" one", "12\" pan"));
}

#[test]
fn text_that_is_not_utf_8_rejects_its_row_and_names_the_column() {
    let mut feed = HEADER.as_bytes().to_vec();
    feed.extend(b"a,Caf\xe9,V,1\nb,B,V,2\n");
    let (items, problems) = read("f.csv", feed);
    assert_eq!(items.len(), 1);
    let expected =
        "row 2 of `f.csv`, field `Title`: the text is not UTF-8; save the file as UTF-8; product `a` is left out";
    assert_eq!(problems[0].to_string(), expected);
}

#[test]
fn a_text_of_a_megabyte_rejects_its_row_with_a_short_message() {
    let (items, problems) = read("f.csv", format!("{HEADER}a,{},V,1\nb,B,V,2\n", "x".repeat(1 << 20)));
    assert_eq!((items.len(), problems.len()), (1, 1));
    let message = problems[0].to_string();
    assert!(message.contains("is too long: 1048576 characters; shorten it to 255 characters"), "{message}");
    assert!(message.len() < 300);
}

#[test]
fn a_row_without_end_is_skipped_and_never_held() {
    let mut reader = open("f.csv", format!("{HEADER}a,{},V,1\nb,B,V,2\n", "x".repeat(8 << 20))).unwrap();
    let problem = reader.next().unwrap().unwrap_err();
    assert_eq!((problem.row, problem.reason.as_str()), (2, "the row is longer than 2097152 bytes"));
    assert_eq!(reader.next().unwrap().unwrap().sku, "b");
    assert!(reader.peak().bytes < RECORD + 4_096, "{:?}", reader.peak());
}

#[test]
fn a_row_with_endless_columns_is_skipped() {
    let (items, problems) = read("f.csv", format!("{HEADER}a{}\nb,B,V,2\n", ",".repeat(100_000)));
    assert_eq!((items.len(), problems.len()), (1, 1));
}

#[test]
fn rows_of_nothing_but_separators_are_no_rows() {
    let (items, problems) = read("f.csv", format!("{HEADER},,,\na,A,V,1\n,,,\n \n"));
    assert_eq!((items.len(), problems.len()), (1, 0));
}

#[test]
fn the_line_of_a_problem_is_the_one_an_editor_shows() {
    let message = problem("f.csv", format!("\n\n{HEADER}a,\"A\nA\",V,1\n\n\nb,B,V,x\n"));
    assert!(message.starts_with("row 8 of `f.csv`, field `Variant Price`: `x` is not a number"), "{message}");
}
