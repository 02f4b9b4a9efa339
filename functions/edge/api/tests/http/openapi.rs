//! The documentation is whole and true.

use crate::bench::Bench;
use axum::{body::Body, http::Request};
use serde_json::Value;
use std::collections::BTreeSet;

async fn document(bench: &Bench) -> Value {
    bench.send(Request::get("/openapi.json").body(Body::empty()).unwrap()).await.with(200)
}

fn operations(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    document["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
    })
}

#[tokio::test]
async fn every_route_is_documented() {
    let bench = Bench::start().await;
    let document = document(&bench).await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let names: Vec<String> = operations(&document).map(|(name, _)| name).collect();
    insta::assert_json_snapshot!(names);
}

#[tokio::test]
async fn every_operation_has_a_name_of_its_own_words_and_its_problems() {
    let bench = Bench::start().await;
    let document = document(&bench).await;
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{name}");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{name}");
        assert!(operation["tags"].as_array().is_some_and(|tags| tags.len() == 1), "{name}");
        let answers = operation["responses"].as_object().unwrap();
        if operation.get("security").is_some() {
            assert!(["401", "403", "503"].iter().all(|status| answers.contains_key(*status)), "{name}");
        }
        if operation.get("requestBody").is_some() {
            assert!(["400", "413", "415", "422"].iter().all(|status| answers.contains_key(*status)), "{name}");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].as_str().is_some_and(|text| !text.is_empty()), "{name}: {parameter}");
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_schema_is_explained() {
    let bench = Bench::start().await;
    let document = document(&bench).await;
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 20);
    for reference in &references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let described = schema.get("description").is_some() || name.contains('_');
        assert!(described, "{name}");
        assert!(!name.ends_with("View"), "{name} is a name of the code, not of the wire");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| collect(field, references));
        }
        _ => {}
    }
}

#[tokio::test]
async fn the_page_for_people_needs_nothing_from_anywhere() {
    let bench = Bench::start().await;
    let page = bench.send(Request::get("/docs").body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    for absent in ["<script", "src=", "http://", "https://", "@import", "url("] {
        assert!(!page.text.contains(absent), "{absent}");
    }
    for present in ["POST /api/v1/approvals/{id}/approve", "id=\"problem-changed\"", "/openapi.json"] {
        assert!(page.text.contains(present), "{present}");
    }
    assert!(page.header("content-security-policy").contains("style-src 'sha256-"));
}
