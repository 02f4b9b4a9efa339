//! The function with a table of its own, a clock that stands still, and a warehouse that answers as it is told.

use super::*;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use domain::{
    Actor, Money,
    books::{Account, Kind, Move},
};
use emulator::Aws;
use runtime::{Clock, Config};
use serde_json::json;
use std::sync::Mutex;
use time::{OffsetDateTime, macros::datetime};

const NOON: OffsetDateTime = datetime!(2026-11-20 12:00 UTC);

/// A clock that stands still.
struct Still;

impl Clock for Still {
    fn now(&self) -> OffsetDateTime {
        NOON
    }
}

/// A warehouse that answers as it is told, and keeps what it took.
#[derive(Default)]
struct Shelf {
    took: Mutex<Vec<Row>>,
    refuses: Option<&'static str>,
    fails: Mutex<Option<InsertError>>,
}

impl Shelf {
    fn ids(&self) -> Vec<String> {
        self.took.lock().unwrap().iter().map(|row| row.id.clone()).collect()
    }

    fn fails(&self, error: Option<InsertError>) {
        *self.fails.lock().unwrap() = error;
    }
}

#[async_trait]
impl Warehouse for Shelf {
    async fn insert(&self, rows: &[Row]) -> Result<Inserted, InsertError> {
        if let Some(error) = self.fails.lock().unwrap().clone() {
            return Err(error);
        }
        let refused = rows.iter().enumerate().filter(|(_, row)| Some(row.id.as_str()) == self.refuses);
        let refused: Vec<_> = refused.map(|(n, _)| (n, "invalid: no such field".to_owned())).collect();
        self.took.lock().unwrap().extend(rows.iter().filter(|row| Some(row.id.as_str()) != self.refuses).cloned());
        Ok(Inserted { refused })
    }
}

struct Bench {
    env: Env,
    shelf: Arc<Shelf>,
    _aws: Aws,
}

impl Bench {
    async fn of(shelf: Shelf) -> Self {
        let aws = Aws::start(emulator::Settings::default()).await.unwrap();
        let config = Config::read(&|_| None, &[]).unwrap();
        let env = Env::new(config, sdk(&aws.endpoints().dynamodb), Arc::new(Still)).unwrap();
        env.store().create_table().await.unwrap();
        Self { env, shelf: Arc::new(shelf), _aws: aws }
    }

    /// Books income of so many cents so many minutes before noon.
    async fn book(&self, entries: &[(u32, i64)]) {
        for (n, minutes) in entries {
            let at = NOON - Duration::minutes(*minutes);
            let moves = vec![Move::new(Account::Receivable, Account::Revenue, Money::eur_cents(100))];
            let entry = Entry::new(Kind::Sale, format!("sale/{n}"), at, moves).unwrap();
            let mut tx = self.env.store().tx(at);
            tx.book(&[entry], &Actor::Function("ledger".to_owned())).unwrap();
            tx.commit().await.unwrap();
        }
    }

    fn export(&self) -> Export {
        Export::new(&self.env, self.shelf.clone())
    }

    /// Delivers the sample event; says how many messages have to come again.
    async fn wake(&self) -> Result<usize, Failure> {
        let event = serde_json::from_str(include_str!("../../../../events/sqs/export.json")).unwrap();
        let call = Call { request_id: "call".into(), deadline: NOON + Duration::seconds(60) };
        let answer = self.export().invoke(event, &call).await?;
        Ok(answer["batchItemFailures"].as_array().unwrap().len())
    }

    async fn state(&self) -> Exported {
        self.env.store().exported(BOOKS).await.unwrap().value
    }
}

fn sdk(endpoint: &str) -> SdkConfig {
    let credentials = Credentials::new("local", "local", None, None, "local");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build()
}

#[tokio::test]
async fn an_export_goes_on_where_it_stopped_and_keeps_what_was_refused() {
    let bench = Bench::of(Shelf { refuses: Some("sale/2"), ..Shelf::default() }).await;
    bench.book(&[(1, 60), (2, 50), (3, 1)]).await;
    assert_eq!(bench.wake().await.unwrap(), 0);
    assert_eq!(bench.shelf.ids(), ["sale/1"], "what may still be written is left for later");
    let first = bench.shelf.took.lock().unwrap()[0].json.clone();
    assert_eq!((&first["key"], &first["moves"][0]["amount"]), (&json!("sale/1"), &json!("1.00")));
    let state = bench.state().await;
    assert_eq!((state.going, state.sent, state.why), (Going::On, 1, None));
    assert_eq!(state.refused["sale/2"], "invalid: no such field");
    bench.book(&[(4, 40)]).await;
    bench.wake().await.unwrap();
    assert_eq!(bench.shelf.ids(), ["sale/1", "sale/4"], "nothing is sent twice");
    assert_eq!(bench.state().await.sent, 2);
}

#[tokio::test]
async fn off_and_failing_are_said_and_nothing_is_lost_by_it() {
    let bench = Bench::of(Shelf::default()).await;
    bench.book(&[(1, 60)]).await;
    bench.shelf.fails(Some(InsertError::Off("`ROYAL_BIGQUERY_TABLE` is not set".to_owned())));
    assert_eq!(bench.wake().await.unwrap(), 0, "being off is no failure");
    let state = bench.state().await;
    assert_eq!((state.going, state.why.as_deref()), (Going::Off, Some("`ROYAL_BIGQUERY_TABLE` is not set")));
    bench.shelf.fails(Some(InsertError::Retry("503".to_owned())));
    assert_eq!(bench.wake().await.unwrap(), 1, "it comes again");
    assert_eq!(bench.state().await.going, Going::Failing);
    bench.shelf.fails(Some(InsertError::Refused("no such table".to_owned())));
    assert_eq!(bench.wake().await.unwrap(), 1, "and ends where failures are seen");
    bench.shelf.fails(None);
    assert_eq!(bench.wake().await.unwrap(), 0);
    let state = bench.state().await;
    assert_eq!((bench.shelf.ids(), state.going, state.why), (vec!["sale/1".to_owned()], Going::On, None));
}

#[tokio::test]
async fn of_two_runs_at_once_one_says_how_far_it_is() {
    let bench = Bench::of(Shelf::default()).await;
    bench.book(&[(1, 60)]).await;
    let slow = bench.env.store().exported(BOOKS).await.unwrap();
    bench.wake().await.unwrap();
    let late = bench.export().write(&slow, Exported { sent: 7, ..Exported::default() }).await;
    assert!(matches!(late, Err(Failure::Retry(_))), "{late:?}");
    assert_eq!(bench.state().await.sent, 1);
}

#[tokio::test]
async fn every_page_is_sent_and_what_is_no_schedule_is_rejected() {
    let bench = Bench::of(Shelf::default()).await;
    let many: Vec<_> = (0..450).map(|n| (n, 600 - i64::from(n))).collect();
    bench.book(&many).await;
    bench.wake().await.unwrap();
    let mut ids = bench.shelf.ids();
    ids.dedup();
    assert_eq!((ids.len(), bench.state().await.sent), (450, 450));
    let task = json!({ "wake": "task", "task": "7d3a1b52-6f0f-5d0a-9a53-0f5c3a2f7b31" }).to_string();
    let message = json!({ "Records": [{ "messageId": "1", "body": task, "attributes": {} }] });
    let call = Call { request_id: "call".into(), deadline: NOON };
    let answer = bench.export().invoke(message, &call).await.unwrap();
    assert_eq!(answer["batchItemFailures"].as_array().unwrap().len(), 1);
}
