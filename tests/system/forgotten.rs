//! A customer who bought something is forgotten: nothing that says who it was is left, and the record still holds.

use crate::{orders, world::World};
use domain::{Role, order::OrderStage};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

/// Words by which anybody would know the customer, and that nothing else in the world says.
const PERSONAL: [&str; 8] = [
    "zyxwina.quorvath@example.net",
    "Zyxwina",
    "Quorvath",
    "Kobaltgasse 77",
    "Hinterhaus links",
    "+49 30 5550199",
    "Quorvath Lampenbau",
    "Bitte bei Nachbarin Tjorvena klingeln",
];

/// What all functions log, masked as on AWS.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

fn wanted() -> Value {
    let address = json!({
        "first_name": "Zyxwina", "last_name": "Quorvath", "company": "Quorvath Lampenbau",
        "address1": "Kobaltgasse 77", "address2": "Hinterhaus links", "zip": "10115", "city": "Berlin",
        "country": "Germany", "country_code": "DE", "phone": "+49 30 5550199",
    });
    json!({
        "seed": 7, "lines": [{ "sku": "SKU-board", "quantity": 1 }], "email": "zyxwina.quorvath@example.net",
        "shipping": address, "billing": address, "note": "Bitte bei Nachbarin Tjorvena klingeln",
    })
}

fn said(text: &str) -> Vec<&'static str> {
    PERSONAL.into_iter().filter(|word| text.contains(word)).collect()
}

async fn read(world: &World, path: &str) -> (u16, String) {
    let answer = world.request(("owner@sandbox.example", Role::Owner), Method::GET, path).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Partitions with a row that says one of the words.
async fn partitions(world: &World) -> Vec<String> {
    let told = world.table().await.saying(&PERSONAL);
    told.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_redaction_nothing_says_who_bought_and_the_record_still_verifies() {
    let log = Log::default();
    runtime::telemetry::init_pretty(log.clone());
    // Why the test fails is told as ever, and not to the log that is read here.
    drop(std::panic::take_hook());
    let world = orders::selling().await;
    let id = orders::buys(&world, wanted()).await;
    let order = orders::order_in(&world, &id, OrderStage::Delivered).await;
    world.settle().await;
    let customer = order["shop"]["customer"].as_str().unwrap().to_owned();
    let own = format!("CUSTOMER#{customer}");
    assert_eq!(
        partitions(&world).await,
        std::slice::from_ref(&own),
        "what is personal is with the customer, and nowhere else"
    );
    let (status, known) = read(&world, &format!("customers/{customer}")).await;
    assert_eq!((status, said(&known).is_empty()), (200, false), "whoever asks for their data gets it");

    world.outside(Method::POST, &format!("sandbox/customers/{customer}/data_request"), None).await;
    world.settle().await;
    assert_eq!(partitions(&world).await, [own], "a request for data copies nothing of it");
    world.outside(Method::POST, &format!("sandbox/customers/{customer}/redact"), None).await;
    let gone = async |world: &World| partitions(world).await.is_empty().then_some(());
    world.until("no row says who bought", gone).await;
    world.settle().await;

    let (status, known) = read(&world, &format!("customers/{customer}")).await;
    assert_eq!(status, 200);
    assert!(said(&known).is_empty() && known.contains("ERASED"), "{known}");
    let today = world.now().date();
    let (status, export) =
        read(&world, &format!("audit/export?from={}&to={today}", today.previous_day().unwrap())).await;
    assert_eq!(status, 200);
    assert!(export.contains("\"record\"") && said(&export).is_empty(), "{:?}", said(&export));
    assert_eq!(said(&log.text()), Vec::<&str>::new(), "a log tells of nobody");
    assert!(log.text().contains("a message was kept"), "it was the log that was read");
    let (status, verified) = read(&world, &format!("audit/verify?subject=ORDER%23{id}")).await;
    assert_eq!(status, 200, "{verified}");
    assert_eq!(serde_json::from_str::<Value>(&verified).unwrap()["faults"], json!([]), "{verified}");
    assert_eq!(world.table().await.broken_chains(), Vec::<String>::new());
    assert!(world.dead_letters().await.is_empty());
}
