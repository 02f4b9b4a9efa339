use super::*;
use offices::Offices;
use runtime::{Config, clock::SystemClock};

#[allow(clippy::disallowed_methods, reason = "a test ends before anything is frozen")]
async fn vies(own: &str) -> (Vies, Offices) {
    let offices = Offices::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/vies", listener.local_addr().unwrap());
    let router = offices.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let vars = |name: &str| match name {
        "ROYAL_VIES_URL" => Some(url.clone()),
        "ROYAL_VAT_NUMBER" => Some(own.to_owned()),
        _ => None,
    };
    let config = Config::read(&vars, &[]).unwrap();
    let sdk = aws_config::SdkConfig::builder().behavior_version(aws_config::BehaviorVersion::latest()).build();
    let env = Env::new(config, sdk, Arc::new(SystemClock)).unwrap();
    (Vies { retry: Retry::new(Limits { attempts: 1, ..LIMITS }), ..Vies::new(&env) }, offices)
}

#[tokio::test]
async fn the_register_s_word_is_kept_as_it_is_and_an_outage_is_never_a_no() {
    let (vies, _) = vies("NL123456789B01").await;
    let cases = [
        ("DE100", "valid"),
        ("DE200", "invalid"),
        ("DE201", "invalid"),
        ("DE300", "SERVICE_UNAVAILABLE"),
        ("EL301", "MS_UNAVAILABLE"),
        ("DE302", "TIMEOUT"),
        ("DE600", "MS_MAX_CONCURRENT_REQ"),
        ("DE900", "500"),
        ("DE901", "no answer"),
        ("DE902", "without a verdict"),
    ];
    for (number, wanted) in cases {
        let told = match vies.check(&number.parse().unwrap()).await {
            Answer::Valid { identifier: Some(_) } => "valid".to_owned(),
            Answer::Valid { identifier: None } => "unproved".to_owned(),
            Answer::Invalid => "invalid".to_owned(),
            Answer::Unknown(why) => why,
        };
        // the breaker speaks where too much failed before
        assert!(told.contains(wanted) || told.contains("left alone"), "{number}: {told}");
    }
}

#[tokio::test]
async fn without_a_number_of_our_own_there_is_no_proof() {
    let (vies, _) = vies("").await;
    assert_eq!(vies.check(&"FR100".parse().unwrap()).await, Answer::Valid { identifier: None });
}

#[tokio::test]
async fn a_request_that_is_not_as_the_register_wants_it_is_refused() {
    let (vies, _) = vies("").await;
    let right = json!({ "countryCode": "DE", "vatNumber": "100" });
    let wrong = [
        json!({ "countryCode": "DE" }),
        json!({ "countryCode": "GR", "vatNumber": "100" }),
        json!({ "countryCode": "DE", "vatNumber": 100 }),
        json!({ "countryCode": "DE", "vatNumber": "100", "requesterNumber": "1" }),
        json!({ "countryCode": "DE", "vatNumber": "100", "vat": "100" }),
    ];
    let post = |body: Value| vies.http.post(format!("{}/check-vat-number", vies.url)).json(&body).send();
    assert!(post(right).await.unwrap().status().is_success());
    for body in wrong {
        assert_eq!(post(body.clone()).await.unwrap().status(), 400, "{body}");
    }
}

#[test]
fn people_write_numbers_in_many_ways_and_a_log_shows_none() {
    let number: VatNumber = "gr 094.259-216".parse().unwrap();
    assert_eq!((number.country(), number.iso(), number.digits()), ("EL", "GR", "094259216"));
    assert_eq!(format!("{number:?}"), "VatNumber(EL…)");
    for text in ["", "NL", "US123456789", "DE1", "DE1234567890123", "DE12/34", "ÄÖ123"] {
        assert!(text.parse::<VatNumber>().is_err(), "{text}");
    }
}
