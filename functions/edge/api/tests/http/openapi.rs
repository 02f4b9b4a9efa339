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

/// The schema that is meant.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => schema,
    }
}

/// A value as the schema has it, with all that may be there or with what must be.
fn sample(document: &Value, schema: &Value, whole: bool) -> Value {
    let schema = resolved(document, schema);
    if let Some(first) = schema["oneOf"].get(0) {
        return sample(document, first, whole);
    }
    if let Some(first) = schema["enum"].get(0) {
        return first.clone();
    }
    match schema["type"].as_str().unwrap() {
        "object" => {
            let required = schema["required"].as_array().cloned().unwrap_or_default();
            let fields = schema["properties"].as_object().unwrap().iter();
            let fields = fields.filter(|(name, _)| whole || required.contains(&Value::from(name.as_str())));
            fields.map(|(name, field)| (name.clone(), sample(document, field, whole))).collect()
        }
        "array" => {
            vec![sample(document, &schema["items"], whole); schema["minItems"].as_u64().map_or(1, |n| n as usize)]
                .into()
        }
        "integer" => 7.into(),
        _ if schema["pattern"].is_string() => "12".into(),
        _ if schema["format"] == "uuid" => "019dc2a5-68cc-7052-8cba-0e8ab77e8ab4".into(),
        _ if schema["format"] == "date-time" => "2027-01-01T00:00:00Z".into(),
        _ => "text".into(),
    }
}

#[tokio::test]
async fn an_action_of_every_type_is_taken_as_its_schema_has_it_and_not_without_any_of_its_fields() {
    const OLIVIA: (&str, domain::Role) = ("olivia", domain::Role::Owner);
    let bench = Bench::with(&[("ROYAL_WRITES_PER_SECOND", "0")]).await;
    let document = document(&bench).await;
    let schema = |name: &str| &document["components"]["schemas"][name];
    let kinds = schema("ActionPayload")["oneOf"].as_array().unwrap();
    assert_eq!(kinds.len(), domain::Action::KINDS.len());
    for kind in kinds {
        for whole in [true, false] {
            let action = sample(&document, kind, whole);
            let case = sample(&document, schema("Case"), whole);
            let premises = [sample(&document, schema("NewPremise"), whole)];
            let body = serde_json::json!({"action": action, "case": case, "premises": premises});
            bench.post(OLIVIA, "/api/v1/actions", &body).await.with(202);
            for part in ["action", "case"] {
                let fields = body[part].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
                for field in fields.iter().filter(|_| !whole) {
                    let mut less = body.clone();
                    less[part].as_object_mut().unwrap().remove(field);
                    let answer = bench.post(OLIVIA, "/api/v1/actions", &less).await;
                    assert_eq!(answer.status, 422, "{part} without {field}: {}", answer.text);
                }
                let mut more = body.clone();
                more[part]["colour"] = "red".into();
                assert_eq!(bench.post(OLIVIA, "/api/v1/actions", &more).await.status, 422, "{part} with more");
            }
        }
    }
}

#[tokio::test]
async fn every_currency_is_documented_with_its_decimals() {
    let bench = Bench::start().await;
    let document = document(&bench).await;
    let mut documented = BTreeSet::new();
    for group in document["components"]["schemas"]["ExactMoney"]["oneOf"].as_array().unwrap() {
        let pattern = group["properties"]["amount"]["pattern"].as_str().unwrap();
        for code in group["properties"]["currency"]["enum"].as_array().unwrap() {
            let code = code.as_str().unwrap();
            let decimals = code.parse::<domain::Currency>().unwrap().decimals();
            let told = if decimals == 0 { "{1,9}$".to_owned() } else { format!("{{1,{decimals}}})?$") };
            assert!(pattern.ends_with(&told), "{code}: {pattern}");
            documented.insert(code.to_owned());
        }
    }
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    let known: BTreeSet<String> = codes.filter(|code| code.parse::<domain::Currency>().is_ok()).collect();
    assert_eq!(documented, known);
}
