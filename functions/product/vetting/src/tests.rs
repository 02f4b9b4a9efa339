use super::*;
use agent::testing::{self, Bench, NOW};
use domain::{Action, journey::Vetted, task::Wake};
use feeds::{FeedError, SupplierRecord};
use rust_decimal::Decimal;
use serde_json::json;
use std::io::Write as _;
use store::fact::Fact;

/// One record, whatever supplier is asked for; or none.
struct Fixed(Option<SupplierRecord>);

#[async_trait]
impl SupplierRecords for Fixed {
    async fn record(&self, _supplier: &str) -> Result<Option<SupplierRecord>, FeedError> {
        Ok(self.0.clone())
    }
}

fn record(on_time: &str, delay: &str, response: Option<&str>) -> SupplierRecord {
    let number = |text: &str| -> Decimal { text.parse().unwrap() };
    SupplierRecord {
        supplier: "Acme".to_owned(),
        on_time_percent: Some(number(on_time)),
        mean_delay_days: Some(number(delay)),
        defect_percent: Some(number("0.4")),
        return_percent: Some(number("1.6")),
        mean_response_hours: response.map(number),
        cost_index: Some(number("86.9")),
        sample_orders: Some(100),
        updated_at: None,
    }
}

async fn vet(record: Option<SupplierRecord>, facts: Vec<Fact>) -> (Vetted, Turn) {
    let mut bench = Bench::of::<Vetting>();
    bench.known.facts = facts;
    let vetting = Vetting::new(Arc::new(Fixed(record)));
    let turn = bench.ask(&vetting, "vet", json!({ "candidate": testing::candidate() })).await.unwrap();
    (serde_json::from_value(turn.report.clone()).unwrap(), turn)
}

#[test]
fn a_record_is_rounded_against_the_supplier() {
    let limits: Limits = serde_json::from_value(json!({ "points_per_response_hour": 2 })).unwrap();
    let known = known(&record("98.9", "0.21", Some("3.4")), &limits);
    assert_eq!((known.on_time_percent, known.delay_tenths_days), (Some(98), Some(3)));
    assert_eq!((known.defect_percent, known.return_percent), (Some(1), Some(2)));
    assert_eq!((known.cost_points, known.service_points), (Some(86), Some(93)));
    let slow = super::known(&record("98", "0", Some("9000")), &limits);
    assert_eq!(slow.service_points, Some(0));
    assert_eq!(super::known(&record("98", "0", None), &limits).service_points, None);
}

#[tokio::test]
async fn a_supplier_that_delivers_well_passes() {
    let (vetted, turn) = vet(Some(record("98.4", "0.2", Some("3.5"))), Vec::new()).await;
    assert!(vetted.passed, "{vetted:?}");
    assert_eq!(vetted.band.as_deref(), Some("excellent"));
    assert!(vetted.score.is_some() && vetted.missing.is_empty());
    assert!(vetted.reason.starts_with("supplier `Acme`: "), "{}", vetted.reason);
    assert!(turn.proposals.is_empty() && turn.facts.is_empty());
}

#[tokio::test]
async fn an_unknown_supplier_is_neither_passed_nor_flagged() {
    let (vetted, turn) = vet(None, Vec::new()).await;
    assert!(!vetted.passed && vetted.score.is_none() && vetted.band.is_none());
    assert_eq!(vetted.reason, "supplier `Acme` is not on record: nothing is known of its performance");
    assert!(vetted.missing.contains(&"on_time_percent".to_owned()), "{:?}", vetted.missing);
    assert!(turn.proposals.is_empty() && turn.facts.is_empty());
}

#[tokio::test]
async fn a_gap_in_the_record_is_named_as_its_field() {
    let (vetted, turn) = vet(Some(record("98.4", "0.2", None)), Vec::new()).await;
    assert!(!vetted.passed);
    assert_eq!(vetted.missing, ["mean_response_hours"]);
    assert!(turn.proposals.is_empty());
}

#[tokio::test]
async fn a_supplier_that_fails_is_proposed_to_be_flagged_once_for_each_concern() {
    let late = || Some(record("50", "8", Some("2")));
    let (vetted, turn) = vet(late(), Vec::new()).await;
    assert!(!vetted.passed);
    assert_eq!(vetted.band.as_deref(), Some("failing"));
    let [draft] = &turn.proposals[..] else { panic!("{:?}", turn.proposals) };
    let Action::SupplierFlag(flag) = &draft.action else { panic!("{:?}", draft.action) };
    assert_eq!((flag.supplier.as_str(), flag.concern.as_str()), ("Acme", "late_deliveries"));
    assert_eq!(draft.journey, None, "the end of this action is not the end of the journey");
    let fact = turn.facts[0].clone();
    assert!(draft.premises.iter().all(|premise| {
        premise.source == fact.source && premise.holds_for(fact.fields.get(&premise.field).map(String::as_str))
    }));
    assert!(vet(late(), vec![fact.clone()]).await.1.proposals.is_empty());
    let other = Fact { fields: [("concern".to_owned(), "high_prices".to_owned())].into(), at: NOW, ..fact };
    assert_eq!(vet(late(), vec![other]).await.1.proposals.len(), 1);
}

#[tokio::test]
async fn a_file_of_records_is_read_anew_each_time_and_case_does_not_matter() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "supplier,on_time_percent\nACME Lamps,97").unwrap();
    let records = RecordFile::new(Some(file.path().display().to_string()));
    assert_eq!(records.record(" acme lamps").await.unwrap().unwrap().on_time_percent, Some(Decimal::from(97)));
    assert!(records.record("Beta").await.unwrap().is_none());
    writeln!(file, "Beta,50").unwrap();
    assert!(records.record("Beta").await.unwrap().is_some());
    drop(file);
    assert!(records.record("Beta").await.is_err());
    assert!(RecordFile::new(None).record("Beta").await.unwrap().is_none());
}

#[test]
fn the_sample_event_wakes_it_for_a_task() {
    let wakes = testing::wakes(include_str!("../../../../events/sqs/product-vetting.json"));
    assert!(matches!(wakes[..], [Wake::Task { .. }]));
}
