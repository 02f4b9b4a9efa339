use super::{Companion, SupplierRecord, Topic, Trend, suppliers, trends};
use crate::FeedError;
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::{fs, path::PathBuf};

fn with_file<T>(name: &str, text: impl AsRef<[u8]>, read: impl FnOnce(&PathBuf) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    read(&path)
}

fn read_suppliers(name: &str, text: &str) -> Result<Companion<SupplierRecord>, FeedError> {
    with_file(name, text, |path| suppliers(path))
}

fn read_trends(text: impl AsRef<[u8]>) -> Result<Companion<Trend>, FeedError> {
    with_file("trends.csv", text, |path| trends(path))
}

#[test]
fn supplier_records_are_read_and_only_the_name_is_needed() {
    let text = "supplier,On-time percent,mean_delay_days,defect_percent,return_percent,mean_response_hours,cost_index,sample_orders,updated_at,colour\n\
                Fjord,98.4%,0.2,0.4,1.6,3.5,86,1840,2026-11-16,red\nVerda,,N/A,,,,,,\n";
    let all = read_suppliers("suppliers.csv", text).unwrap();
    assert_eq!(all.problems, []);
    assert_eq!(all.unknown_fields, ["colour"]);
    let fjord = &all.records[0];
    assert_eq!((fjord.on_time_percent, fjord.sample_orders), (Some(Decimal::new(984, 1)), Some(1840)));
    assert_eq!(fjord.updated_at.unwrap().to_string(), "2026-11-16 0:00:00.0 +00:00:00");
    assert_eq!((all.records[1].supplier.as_str(), all.records[1].mean_delay_days), ("Verda", None));
}

#[test]
fn supplier_records_may_be_json() {
    for text in [
        r#"[{"supplier":"Fjord","onTimePercent":98.4,"updatedAt":"2026-11-16T10:00:00Z"},{"supplier":"Verda"}]"#,
        "{\"supplier\":\"Fjord\",\"on_time_percent\":\"98.4\"}\n{\"supplier\":\"Verda\"}\n",
    ] {
        let all = read_suppliers("suppliers.json", text).unwrap();
        assert_eq!((all.records.len(), all.problems.len(), all.unknown_fields.len()), (2, 0, 0));
        assert_eq!(all.records[0].on_time_percent, Some(Decimal::new(984, 1)));
    }
}

#[test]
fn a_wrong_supplier_record_is_reported_and_the_rest_goes_on() {
    let text = "supplier,on_time_percent,cost_index,updated_at\nA,101,,\n,50,,\nB,-1,,\nC,1,1e9,\nD,1,,yesterday\nE,50,50,\nE,60,,\n";
    let all = read_suppliers("suppliers.csv", text).unwrap();
    assert_eq!(all.records.iter().map(|record| record.supplier.as_str()).collect::<Vec<_>>(), ["E"]);
    let found: Vec<_> = all.problems.iter().map(|problem| (problem.row, problem.field.as_deref().unwrap())).collect();
    let expected = [
        (2, "on_time_percent"),
        (3, "supplier"),
        (4, "on_time_percent"),
        (5, "cost_index"),
        (6, "updated_at"),
        (8, "supplier"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_supplier_file_without_names_is_refused_by_the_name_of_the_column() {
    let message = read_suppliers("suppliers.csv", "on_time_percent\n98\n").err().unwrap().to_string();
    assert!(message.ends_with("has no column `supplier`: name the suppliers in a column `supplier`"), "{message}");
}

#[test]
fn trends_are_read_by_keyword_and_by_category() {
    let text = "category,keyword,interest,date,region\nHome > Lamps,,71,2026-11-08,NL\n,desk lamp,<1,2026-11,\n,,5,2026-11-08,\n,x,101,2026-11-08,\n,x,,2026-11-08,\n,x,5,soon,\n";
    let all = read_trends(text).unwrap();
    assert_eq!(all.records[0].topic, Topic::Category("Home > Lamps".into()));
    assert_eq!((all.records[0].interest, all.records[0].region.as_deref()), (Decimal::from(71), Some("NL")));
    assert_eq!((&all.records[1].topic, all.records[1].interest), (&Topic::Keyword("desk lamp".into()), Decimal::ZERO));
    assert_eq!(all.records[1].date.to_string(), "2026-11-01");
    let fields: Vec<_> = all.problems.iter().map(|problem| problem.field.as_deref().unwrap()).collect();
    assert_eq!(fields, ["keyword", "interest", "interest", "date"]);
}

#[test]
fn a_google_trends_export_is_read_with_its_preamble() {
    let text = "\u{feff}Category: Home & Garden\r\n\r\nWeek,desk lamp: (Netherlands),rain poncho: (Netherlands)\r\n2026-11-01,88,<1\r\n2026-11-08,95,\r\n2026-11-15,many,3\r\n";
    let all = read_trends(text).unwrap();
    let read: Vec<_> = all.records.iter().map(|trend| (trend.topic.clone(), trend.interest.to_string())).collect();
    let (lamp, poncho) = (Topic::Keyword("desk lamp".into()), Topic::Keyword("rain poncho".into()));
    assert_eq!(read, [(lamp.clone(), "88".into()), (poncho, "0".into()), (lamp, "95".into())]);
    assert_eq!(all.records[0].region.as_deref(), Some("Netherlands"));
    assert_eq!((all.problems.len(), all.problems[0].row), (1, 6));
    assert_eq!(all.problems[0].field.as_deref(), Some("desk lamp: (Netherlands)"));
}

#[test]
fn exports_by_month_and_hour_and_in_other_languages_are_read() {
    for text in ["Categorie: Alle categorieën\n\nMaand,lamp: (Wereldwijd)\n2026-10,5\n", "Time,lamp\n2026-11-15T13,5\n"]
    {
        let all = read_trends(text).unwrap();
        assert_eq!((all.records.len(), all.problems.len()), (1, 0), "{text}");
    }
}

#[test]
fn what_is_no_trend_file_is_refused() {
    for text in ["", "Category: All\n", "Country,lamp: (2026)\nNetherlands,100\n", "a,b\n1,2\n"] {
        assert!(matches!(read_trends(text), Err(FeedError::MissingColumn { .. })), "{text}");
    }
}

#[test]
fn text_that_is_not_utf_8_costs_one_record() {
    let all = with_file("suppliers.csv", b"supplier\n\xe9\nFjord\n", |path| suppliers(path).unwrap());
    assert_eq!((all.records.len(), all.problems.len(), all.problems[0].row), (1, 1, 2));
}

proptest! {
    #[test]
    fn no_bytes_make_a_companion_reader_panic(start in 0_usize..4, bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let starts: [&[u8]; 4] = [b"", b"supplier,cost_index\n", b"Category: x\n\nWeek,lamp: (NL)\n2026-11-01,", b"[{\"supplier\":"];
        let whole = [starts[start], &bytes].concat();
        with_file("any", whole, |path| {
            let (_, _) = (suppliers(path), trends(path));
        });
    }
}
