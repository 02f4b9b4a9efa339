//! Lists: order, pages, filters, and what a card shows.

use crate::bench::{Bench, journey, publish, request};
use axum::{body::Body, http::Method};
use domain::{Record, Role, Status, journey::Stage};
use serde_json::json;
use std::collections::BTreeSet;
use time::Duration;

const OLIVIA: (&str, Role) = ("olivia", Role::Owner);

/// Five requests; the one that was made last has the nearest deadline.
async fn five(bench: &Bench) -> Vec<Record> {
    let mut records = Vec::new();
    for n in 0..5 {
        let mut record = request(publish(n), 1);
        record.approval.as_mut().unwrap().deadline -= Duration::hours(i64::from(n));
        bench.keep(&record).await;
        records.push(record);
    }
    records
}

/// All pages of a list, and how many there were.
async fn pages(bench: &Bench, path: &str, limit: usize) -> (Vec<serde_json::Value>, usize) {
    let (mut items, mut cursor, mut count) = (Vec::new(), String::new(), 0);
    loop {
        let join = if path.contains('?') { '&' } else { '?' };
        let page = bench.get(OLIVIA, &format!("{path}{join}limit={limit}{cursor}")).await.with(200);
        count += 1;
        let found = page["items"].as_array().unwrap();
        assert!(found.len() <= limit);
        items.extend(found.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return (items, count),
        }
    }
}

#[tokio::test]
async fn requests_come_by_deadline_each_once_whatever_the_page_size() {
    let bench = Bench::start().await;
    five(&bench).await;
    for limit in [1, 2, 3, 5, 200] {
        let (items, _) = pages(&bench, "/api/v1/approvals", limit).await;
        let deadlines: Vec<_> = items.iter().map(|item| item["deadline"].as_str().unwrap()).collect();
        assert_eq!(deadlines.len(), 5, "limit {limit}");
        assert!(deadlines.is_sorted(), "limit {limit}: {deadlines:?}");
        assert_eq!(items.iter().map(|item| item["id"].to_string()).collect::<BTreeSet<_>>().len(), 5);
    }
}

#[tokio::test]
async fn a_card_says_what_will_happen_and_keeps_the_agents_words_apart() {
    let bench = Bench::start().await;
    bench.keep(&request(publish(1), 1)).await;
    let page = bench.get(OLIVIA, "/api/v1/approvals").await;
    page.with(200);
    insta::assert_json_snapshot!(page.steady());
}

#[tokio::test]
async fn filters_find_what_fits_and_nothing_else() {
    let bench = Bench::start().await;
    five(&bench).await;
    let cases = [
        ("agent=product-publisher", 5),
        ("agent=product-publisher/eu", 0),
        ("cluster=product", 5),
        ("cluster=finance", 0),
        ("type=product.publish", 5),
        ("type=refund.issue", 0),
        ("tier=HIGH", 5),
        ("tier=CEO", 0),
        ("cluster=product&tier=HIGH&type=product.publish", 5),
    ];
    for (query, count) in cases {
        let (items, _) = pages(&bench, &format!("/api/v1/approvals?{query}"), 2).await;
        assert_eq!(items.len(), count, "{query}");
    }
}

#[tokio::test]
async fn a_request_is_shown_with_everything_that_a_decision_needs() {
    let bench = Bench::start().await;
    let record = request(publish(1), 2);
    bench.keep(&record).await;
    let earlier = request(publish(2), 1).noted(Status::Rejected, "too dear", crate::bench::NOON).unwrap();
    bench.keep(&earlier).await;
    let path = format!("/api/v1/approvals/{}", record.proposal.id);
    let shown = bench.get(OLIVIA, &path).await;
    shown.with(200);
    assert_eq!((shown.header("etag"), shown.header("content-language")), ("\"1\"", "en"));
    insta::assert_json_snapshot!(shown.steady());
    let mut fact =
        store::fact::Fact { source: "product:acme/mug-1".into(), fields: Default::default(), at: crate::bench::NOON };
    fact.fields.insert("stock".into(), "7".into());
    let mut tx = bench.env.store().tx(crate::bench::NOON);
    tx.note(&fact).unwrap();
    tx.commit().await.unwrap();
    let premise = bench.get(OLIVIA, &path).await.json()["premises"][0].clone();
    assert_eq!((&premise["found"], &premise["holds"]), (&json!("7"), &json!(true)));
}

#[tokio::test]
async fn the_language_is_the_readers() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    for (header, lang, word) in
        [("nl-NL,nl;q=0.9,en;q=0.5", "nl", "publiceren"), ("fr, en", "en", "Publish"), ("fr", "en", "Publish")]
    {
        let path = format!("/api/v1/approvals/{}", record.proposal.id);
        let request = bench.ask(Method::GET, OLIVIA, &path).header("accept-language", header);
        let answer = bench.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("content-language"), lang);
        assert!(answer.json()["willHappen"].as_str().unwrap().contains(word), "{header}");
    }
}

#[tokio::test]
async fn a_request_near_its_deadline_or_of_many_people_is_urgent() {
    let bench = Bench::start().await;
    let record = request(publish(1), 2);
    bench.keep(&record).await;
    bench.keep(&request(publish(2), 1)).await;
    let (items, _) = pages(&bench, "/api/v1/approvals", 50).await;
    let found: BTreeSet<_> = items.iter().map(|item| item["priority"].as_str().unwrap()).collect();
    assert_eq!(found, BTreeSet::from(["HIGH", "MEDIUM"]));
    bench.pass(Duration::hours(23));
    let (items, _) = pages(&bench, "/api/v1/approvals", 50).await;
    assert!(items.iter().all(|item| item["priority"] == "CRITICAL"));
}

#[tokio::test]
async fn actions_are_listed_over_all_statuses_or_one() {
    let bench = Bench::start().await;
    five(&bench).await;
    for n in 5..8 {
        let granted = request(publish(n), 1).granted(vec!["olivia".into()], crate::bench::NOON).unwrap();
        bench.keep(&granted).await;
    }
    for (path, count) in
        [("/api/v1/actions", 8), ("/api/v1/actions?status=GRANTED", 3), ("/api/v1/actions?status=FAILED", 0)]
    {
        for limit in [1, 3, 200] {
            let (items, _) = pages(&bench, path, limit).await;
            assert_eq!(items.len(), count, "{path} by {limit}");
            assert_eq!(items.iter().map(|item| item["id"].to_string()).collect::<BTreeSet<_>>().len(), count);
        }
    }
}

#[tokio::test]
async fn actions_are_searched_by_type_tier_agent_and_words() {
    let bench = Bench::start().await;
    five(&bench).await;
    let (all, _) = pages(&bench, "/api/v1/actions", 50).await;
    let first = all.first().unwrap();
    let id = first["id"].as_str().unwrap();
    let tier = first["tier"].as_str().unwrap();
    let alike = |field: &str| all.iter().filter(|item| item[field] == first[field]).count();
    for (query, count) in [
        (format!("q={}", id.to_uppercase()), 1),
        (format!("type={}", first["actionType"].as_str().unwrap()), alike("actionType")),
        (format!("tier={tier}&status=PENDING"), alike("tier")),
        (format!("agent={}", first["agent"]["id"].as_str().unwrap()), all.len()),
        ("agent=finance-tax".to_owned(), 0),
        ("q=no%20such%20words".to_owned(), 0),
    ] {
        for limit in [1, 200] {
            let (items, _) = pages(&bench, &format!("/api/v1/actions?{query}"), limit).await;
            assert_eq!(items.len(), count, "{query} by {limit}");
        }
    }
    bench.get(OLIVIA, "/api/v1/actions?type=no.such").await.with(400);
}

#[tokio::test]
async fn a_record_that_was_tampered_with_shows() {
    let bench = Bench::start().await;
    let record = request(publish(1), 1);
    bench.keep(&record).await;
    let path = format!("/api/v1/actions/{}", record.proposal.id);
    assert_eq!(bench.get(OLIVIA, &path).await.with(200)["history"]["verified"], true);
    bench.forge(&record).await;
    let history = bench.get(OLIVIA, &path).await.with(200)["history"].clone();
    assert_eq!(history["verified"], false);
    assert!(history["broken"].as_str().is_some_and(|why| !why.is_empty()), "{history}");
}

#[tokio::test]
async fn journeys_are_listed_by_stage_and_shown_with_what_every_stage_found() {
    let bench = Bench::start().await;
    for (n, stage) in [(1, Stage::Pricing), (2, Stage::Stopped), (3, Stage::Pricing)] {
        bench.keep(&journey(n, stage)).await;
    }
    assert_eq!(pages(&bench, "/api/v1/journeys", 2).await.0.len(), 3);
    let (items, _) = pages(&bench, "/api/v1/journeys?stage=PRICING", 1).await;
    assert_eq!(items.len(), 2);
    let shown = bench.get(OLIVIA, &format!("/api/v1/journeys/{}", journey(1, Stage::Pricing).id)).await;
    shown.with(200);
    insta::assert_json_snapshot!(shown.steady());
}
