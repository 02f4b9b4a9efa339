//! What tests of the record stand on: a table of their own, and a hand that can reach into it past the store.

use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Credentials, Region},
    types::AttributeValue,
};
use domain::{
    ActionId, Actor, Record, Status,
    audit::{Check, Entry, Verdict},
};
use emulator::{Aws, Settings};
use std::collections::HashMap;
use store::Store;
use time::{Date, OffsetDateTime};

pub(crate) type Item = HashMap<String, AttributeValue>;

pub(crate) struct Table {
    pub(crate) store: Store,
    pub(crate) client: Client,
    _aws: Aws,
}

impl Table {
    pub(crate) async fn new() -> Self {
        let aws = Aws::start(Settings::default()).await.unwrap();
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&aws.endpoints().dynamodb)
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            .build();
        let client = Client::from_conf(config);
        let store = Store::new(client.clone(), "royal");
        store.create_table().await.unwrap();
        Self { store, client, _aws: aws }
    }

    /// Writes the first record of an action, as the gate does.
    pub(crate) async fn create(&self, record: &Record, at: OffsetDateTime) {
        let mut tx = self.store.tx(at);
        tx.name_customers(record).unwrap();
        tx.create(record, entry("judged", record.status)).unwrap();
        tx.commit().await.unwrap();
    }

    /// Moves an action on, for the reason `note`.
    pub(crate) async fn advance(&self, id: ActionId, to: Status, note: &str, at: OffsetDateTime) {
        let row = self.store.get::<Record>(&id.to_string()).await.unwrap().unwrap();
        let next = row.value.clone().noted(to, note, at).unwrap();
        let mut tx = self.store.tx(at);
        self.store.advance(&mut tx, &row, next, entry("moved on", to).because([note])).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// One row as it is.
    pub(crate) async fn row(&self, pk: &str, sk: &str) -> Item {
        let get = self.client.get_item().table_name("royal").set_key(Some(key(pk, sk)));
        get.send().await.unwrap().item.unwrap()
    }

    pub(crate) async fn put(&self, row: Item) {
        self.client.put_item().table_name("royal").set_item(Some(row)).send().await.unwrap();
    }

    pub(crate) async fn delete(&self, row: &Item) {
        let key = key(text(row, "pk"), text(row, "sk"));
        self.client.delete_item().table_name("royal").set_key(Some(key)).send().await.unwrap();
    }

    /// All that is in the table, as text.
    pub(crate) async fn everything(&self) -> String {
        format!("{:?}", self.client.scan().table_name("royal").send().await.unwrap().items.unwrap())
    }

    /// An export of these days, in pieces, put together.
    pub(crate) async fn export(&self, days: (Date, Date), now: OffsetDateTime) -> String {
        let (mut lines, mut cursor) = (String::new(), None);
        loop {
            let (more, next) = self.store.export_piece(days, cursor.as_deref(), now).await.unwrap();
            lines.push_str(&more);
            cursor = next;
            if cursor.is_none() {
                return lines;
            }
        }
    }
}

/// What a check of an export finds.
pub(crate) fn checked(export: &str) -> Verdict {
    let mut check = Check::default();
    export.lines().for_each(|line| check.line(line));
    check.finish()
}

/// An action of its own for each `n`, in the state of the sample.
pub(crate) fn action(n: u32, at: OffsetDateTime) -> Record {
    let sample = include_str!("../../../../events/stream/action.json");
    let mut record: Record = serde_json::from_str(sample).unwrap();
    record.proposal.id = ActionId::at(at, "record", n);
    record.updated = at;
    record
}

pub(crate) fn subject(record: &Record) -> String {
    format!("ACTION#{}", record.proposal.id)
}

pub(crate) fn text<'a>(row: &'a Item, name: &str) -> &'a str {
    row[name].as_s().unwrap()
}

fn entry(what: &str, status: Status) -> Entry {
    Entry::new(Actor::Function("gate".into()), what, status.name())
}

fn key(pk: &str, sk: &str) -> Item {
    let of = |name: &str, value: &str| (name.to_owned(), AttributeValue::S(value.to_owned()));
    HashMap::from([of("pk", pk), of("sk", sk)])
}
