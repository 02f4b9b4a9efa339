use super::*;
use offices::Offices;
use runtime::{Config, clock::SystemClock, secrets::Secrets};

/// A key that signs in this test and opens nothing anywhere.
fn key() -> String {
    use aws_lc_rs::{
        encoding::{AsDer as _, Pkcs8V1Der},
        rsa::{KeyPair, KeySize},
    };
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref()))
}

#[allow(clippy::disallowed_methods, reason = "a test ends before anything is frozen")]
async fn bigquery(table: Option<&str>, key: Option<&str>) -> (BigQuery, Offices, String) {
    let offices = Offices::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = offices.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let vars = |name: &str| match name {
        "ROYAL_BIGQUERY_URL" => Some(url.clone()),
        "ROYAL_BIGQUERY_TABLE" => table.map(str::to_owned),
        _ => None,
    };
    let config = Config::read(&vars, &[]).unwrap();
    let env = Env::new(
        config,
        aws_config::SdkConfig::builder().behavior_version(aws_config::BehaviorVersion::latest()).build(),
        Arc::new(SystemClock),
    )
    .unwrap();
    let file = key.map(|key| {
        json!({ "client_email": "books@sandbox.example", "private_key": key, "token_uri": format!("{url}/token") })
    });
    let given = file.map(|file| ("bigquery-key", file.to_string()));
    let env = env.with_secrets(Secrets::given(given, Arc::new(SystemClock)));
    (BigQuery::new(&env), offices, url)
}

fn row(id: &str) -> Row {
    let moves = json!([{ "debit": "receivable", "credit": "revenue", "amount": "12.95", "currency": "EUR", "of": [] }]);
    let at = "2026-11-20T12:00:00Z";
    Row {
        id: id.to_owned(),
        json: json!({ "key": id, "kind": "sale", "at": at, "booked": at, "order_id": null, "moves": moves }),
    }
}

#[tokio::test]
async fn a_row_that_is_refused_keeps_no_other_out_and_one_that_comes_twice_is_one() {
    let (bigquery, offices, _) = bigquery(Some("shop.books.entries"), Some(&key())).await;
    let mut wrong = row("sale/2");
    wrong.json["moves"][0]["amount"] = json!(12.95);
    let rows = [row("sale/1"), wrong, row("sale/3")];
    for _ in 0..2 {
        let inserted = bigquery.insert(&rows).await.unwrap();
        assert_eq!(inserted.refused.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1], "{inserted:?}");
    }
    assert_eq!(offices.rows().iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["sale/1", "sale/3"]);
}

#[tokio::test]
async fn without_table_or_key_it_is_off_and_a_key_that_does_not_sign_is_refused() {
    let key = key();
    for (table, key) in [(None, Some(key.as_str())), (Some("shop.books.entries"), None)] {
        let (bigquery, ..) = bigquery(table, key).await;
        assert!(matches!(bigquery.insert(&[row("a")]).await, Err(InsertError::Off(_))));
    }
    let (bigquery, ..) = bigquery(Some("shop.books.entries"), Some("no key")).await;
    assert!(matches!(bigquery.insert(&[row("a")]).await, Err(InsertError::Refused(_))));
}

#[tokio::test]
async fn a_request_that_is_not_as_the_schema_says_is_refused() {
    let (_, offices, url) = bigquery(None, None).await;
    let right = json!({ "skipInvalidRows": true, "rows": [{ "insertId": "a", "json": row("a").json }] });
    let mut wrong = vec![json!({}), json!({ "rows": [] }), json!({ "rows": [{ "insertId": "a" }] })];
    for (pointer, value) in [
        ("/rows/0/insertId", json!(7)),
        ("/rows/0/insertId", json!("x".repeat(129))),
        ("/rows/0/json", json!("text")),
        ("/rows", json!({})),
        ("/skipInvalidRows", json!("yes")),
    ] {
        let mut request = right.clone();
        *request.pointer_mut(pointer).unwrap() = value;
        wrong.push(request);
    }
    let mut unknown = right.clone();
    unknown["upsert"] = json!(true);
    wrong.push(unknown);
    let http = runtime::http::client().unwrap();
    let path = format!("{url}/bigquery/v2/projects/p/datasets/d/tables/t/insertAll");
    let post = |body: Value, token: &'static str| http.post(&path).bearer_auth(token).json(&body).send();
    assert_eq!(post(right.clone(), "stolen").await.unwrap().status(), 401);
    for request in wrong {
        assert_eq!(post(request.clone(), "ya29.sandbox").await.unwrap().status(), 400, "{request}");
    }
    assert!(offices.rows().is_empty());
    assert!(post(right, "ya29.sandbox").await.unwrap().status().is_success());
    assert_eq!(offices.rows().len(), 1);
}
