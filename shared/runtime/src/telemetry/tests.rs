use super::*;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tracing::{info, info_span};

#[derive(Clone, Default)]
struct Out(Arc<Mutex<Vec<u8>>>);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What `events` log.
fn logged(form: Form, events: impl FnOnce()) -> String {
    let out = Out::default();
    let subscriber = subscriber(filter("trace").0, form, out.clone());
    tracing::subscriber::with_default(subscriber, events);
    String::from_utf8(out.0.lock().unwrap().clone()).unwrap()
}

/// The one JSON line that `events` log.
fn line(events: impl FnOnce()) -> Value {
    let text = logged(Form::Json, events);
    assert_eq!(text.matches('\n').count(), 1, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// What must never be seen, and a text around it.
const LEAKS: &[(&str, &str)] = &[
    // e-mail addresses
    ("jan.jansen", "mail jan.jansen@example.com bounced"),
    ("jansen", "<jan-jansen+shop@mail.example.co.uk>."),
    ("jürgen", "jürgen@müller.de"),
    ("o'brien", "to o'brien@example.ie, now"),
    ("jan", "GET /customers?q=jan%40example.com failed"),
    ("jan", "line one\\njan@example.com"),
    // phone numbers
    ("12345678", "call +31612345678 now"),
    ("1234", "call +31 6 1234 5678, or not"),
    ("555", "(+1 (415) 555-2671)"),
    ("555", "+1.415.555.2671"),
    ("612345678", "wa?to=%2B31612345678"),
    ("12345678", "tel:+31612345678"),
    ("345678", "06-12345678 or later"),
    ("345678", "0612345678"),
    ("123 4567", "020 123 4567"),
    ("612345678", "+31612345678 2026-11-20"),
    ("612345678", "first\\n+31612345678"),
    // card numbers
    ("1111", "card 4111111111111111."),
    ("1111", "4111 1111 1111 1111 12/27"),
    ("4444", "5555-5555-5555-4444"),
    ("0005", "amex 3782 822463 10005"),
    ("0005", "(378282246310005)"),
    ("1117", "6011111111111117, 3530111333300000"),
    ("3300000", "6011111111111117, 3530111333300000"),
    ("1111", "6011111111111117 4111111111111111"),
    ("9025904", "30569309025904"),
    ("222222", "4222222222222"),
    ("3122", "2223003122003222"),
    ("8453", "6759649826438453"),
    ("1111", "4111111111111111/12/27"),
    ("1111", "number=4111111111111111"),
    // credentials
    ("abc.def", "Bearer abc.def"),
    ("abcdefgh", "authorization is bearer abcdefgh"),
    ("dXNlcjpwYXNz", "Authorization: Basic dXNlcjpwYXNz"),
    ("dXNlcjpwYXNz", r#"{"authorization": "Basic dXNlcjpwYXNz"}"#),
    ("pk_abc", "Authorization: Klaviyo-API-Key pk_abc"),
    ("0123abcd", "shpat_0123abcd rejected"),
    ("0123abcd", "got shpss_0123abcd"),
    ("abcdef", "key sk-proj-abcdef-123456"),
    ("51Habc", "sk_live_51Habc"),
    ("MIIabc", "whsec_MIIabc+/="),
    ("eyJzdWIi", "jwt eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl"),
    ("abcdef", "SG.abcdefgh.ijklmnop"),
    ("EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
    ("T0B0", "https://hooks.slack.com/services/T0B0/B1/abc"),
    ("hunter2", "postgres://royal:hunter2@db.internal/x"),
    ("hunter2", "https://royal:hunter2@shop.example.com/admin"),
    ("hunter2", "password=hunter2 user=7"),
    ("hunter2", "password: hunter2"),
    ("hunter", r#"{"password":"hunter \"2\" x"}"#),
    ("2", r#"{"password":"hunter \"2\" x"}"#),
    ("abc", "GET https://x.example.com/a?access_token=abc&b=1"),
    ("abc", "X-Shopify-Access-Token: abcdefghijklmnop"),
    ("abcdef", "token = Bearer abcdef1"),
    ("AKIA", "aws_secret_access_key = AKIAsomething"),
    // personal data inside a structure
    ("Jan", r#"Customer { name: "Jan Jansen", id: 7 }"#),
    ("Jan", r#"Customer { first_name: Some("Jan"), id: 7 }"#),
    ("Main", r#"address: Address { line: "Main street", parts: ["a)", "b"] }, x"#),
    ("Main", r#"{"shipping_address":{"line1":"Main street 5","n":[1]},"id":7}"#),
    ("x", r#"{\\\"password\\\":\\\"hunter \\\\\\\"2\\\\\\\" x\\\"}"#),
    ("Jan", r#"{\"customer\":{\"name\":\"Jan Jansen\"}}"#),
    ("Jansen", r#"{"name":"Jan Jansen"#),
    ("1234", "phone: 06 1234 5678"),
    ("Jan", "name='Jan Jansen'"),
    ("Jan", "customer.name=Jan"),
];

/// What must stay readable, with what might be taken for something else.
const KEPT: &[&str] = &[
    "gid://shopify/Product/4111111111111111",
    "https://shop.example.com/admin/orders/4111111111111111",
    "order 820982911946154508 is paid",
    "customer 4111111111111112",
    "variant 45678901234567, product 8765432109876",
    "barcode 4006381333931",
    "id: 4111111111111111",
    r#"{"order_id":4111111111111111,"sku":"4111111111111111"}"#,
    "order.id=4111111111111111",
    "sku VASE-4111111111111111-L",
    "0199a3c4-7d1e-7b3a-9c55-4111111111111111",
    "550e8400-e29b-41d4-a716-446655440000",
    "41111111-1111-4111-8111-111111111111",
    "sha256 4111111111111111aabbccddeeff00112233445566778899",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "refund of EUR 1234567890.00, was +12345678.90",
    "4111111111111111.25",
    "2026-11-20T11:30:00.123456789+01:00",
    "2026-11-20 11:30:00 to 2026-11-27",
    "1763637000000000000",
    "react@18.2.0 and user@host",
    "task-12345678 on disk-abcdefgh, SK-100200",
    "invalid token: expected `,` at line 1 column 17",
    "missing field `email` at line 1",
    "no secret `shopify-token`: set `ROYAL_SECRET_SHOPIFY_TOKEN` or store `royal/shopify-token` in Secrets Manager",
    "the bearer token is not known",
    "aws_sdk_secretsmanager::operation::get_secret_value::Error",
    "token: None, email: null",
    "agent product-scout/eu-home scored 75 of 100 in 12 ms",
    "margin 30 % of 1 299,00 at 12:30",
    "127.0.0.1:4566 refused the connection (os error 111)",
];

#[test]
fn nothing_of_the_corpus_leaks_wherever_it_stands() {
    for (secret, text) in LEAKS {
        for form in [Form::Json, Form::Readable] {
            for seen in [
                logged(form, || info!("{text}")),
                logged(form, || info!(note = text, "seen")),
                logged(form, || info!(note = ?text, "seen")),
                logged(form, || info!(error = %format_args!("outer: {text}"), "seen")),
                logged(form, || info_span!("outer", note = text).in_scope(|| info!("seen"))),
            ] {
                let seen = seen.split_once('Z').unwrap().1;
                assert!(!seen.contains(secret), "`{secret}` of `{text}` in: {seen}");
            }
        }
    }
}

#[test]
fn ids_money_and_prose_stay_readable() {
    for text in KEPT {
        let seen = line(|| info!(note = text, "{text}"));
        assert_eq!((&seen["message"], &seen["note"]), (&json!(text), &json!(text)));
    }
}

#[test]
fn masking_twice_changes_nothing() {
    for (_, text) in LEAKS {
        let once = mask::text(text);
        assert_eq!(mask::text(&once), once, "{text}");
    }
}

#[test]
fn only_what_must_be_masked_is_replaced() {
    for (text, expected) in [
        ("mail jan@example.com, please.", "mail [email], please."),
        ("(+31 6 12345678)", "([phone])"),
        ("paid by 4111 1111 1111 1111 12/27", "paid by [card] 12/27"),
        ("a 6011111111111117 4111111111111111 b", "a [card] [card] b"),
        ("got Bearer abc.def, sorry", "got Bearer [token], sorry"),
        ("GET /a?token=abc&b=1", "GET /a?token=[redacted]&b=1"),
        ("amqp://me:pw@host.example.com/x", "amqp://[redacted]@host.example.com/x"),
        (r#"{"name":"Jan","id":7}"#, r#"{"name":[redacted],"id":7}"#),
        ("C { name: Some(\"Jan\"), id: 7 }", "C { name: [redacted], id: 7 }"),
        (r#"{\"email\":\"a\",\"id\":7}"#, r#"{\"email\":[redacted],\"id\":7}"#),
    ] {
        assert_eq!(mask::text(text), expected);
    }
}

#[test]
fn values_are_masked_by_the_name_of_their_field() {
    let seen = line(|| {
        info!(
            email = "x", customer.name = "Jan", phone = 31612345678_u64, token = ?Some("abc"),
            input_tokens = 512, email_verified = true, function.name = "gate",
            order.id = 4111111111111111_u64, number = 4111111111111111_u64, amount = "89.99",
            "seen"
        );
    });
    for (key, expected) in [
        ("email", json!("[redacted]")),
        ("customer.name", json!("[redacted]")),
        ("phone", json!("[redacted]")),
        ("token", json!("[redacted]")),
        ("input_tokens", json!(512)),
        ("email_verified", json!(true)),
        ("function.name", json!("gate")),
        ("order.id", json!(4111111111111111_u64)),
        ("number", json!("[card]")),
        ("amount", json!("89.99")),
    ] {
        assert_eq!(seen[key], expected, "{key}");
    }
}

#[test]
fn a_line_has_its_time_level_target_message_and_the_fields_of_its_spans() {
    let outer = || info_span!("invocation", function = "gate", request.id = "r-1");
    let inner = || info_span!("decide", action.id = 7, function = "inner", email = "a");
    let seen = line(|| {
        outer().in_scope(|| inner().in_scope(|| info!(target: "gate", tier = "LOW", "decided")));
    });
    let time = seen["timestamp"].as_str().unwrap();
    time::OffsetDateTime::parse(time, &time::format_description::well_known::Rfc3339).unwrap();
    assert!(time.ends_with('Z'), "{time}");
    let mut rest = seen.clone();
    rest.as_object_mut().unwrap().remove("timestamp");
    assert_eq!(
        rest,
        json!({
            "level": "INFO", "target": "gate", "message": "decided", "tier": "LOW",
            "span": {
                "name": "decide", "function": "inner", "request.id": "r-1", "action.id": 7,
                "email": "[redacted]",
            },
        })
    );
}

#[test]
fn a_readable_line_says_the_same_on_one_line() {
    let text = logged(Form::Readable, || {
        info_span!("invocation", function = "gate")
            .in_scope(|| info!(target: "gate", tier = "LOW", email = "a", "decided\nall"));
    });
    let (_, rest) = text.split_once('Z').unwrap();
    assert_eq!(rest, " INFO  gate: decided\\nall email=[redacted] tier=LOW function=gate\n");
}

#[test]
fn strange_texts_stay_valid_json() {
    for text in ["\u{0}\u{1b}[31m\"\\", "\\\"\u{2028}", "💶 name=\"", "email: \\\"", "", "=:==", "token=\u{e9}"] {
        let seen = line(|| info!(note = text, "{text}"));
        assert!(seen["message"].is_string() && seen["note"].is_string(), "{seen}");
    }
}

#[test]
fn a_long_text_is_cut_where_no_half_of_a_secret_can_stay() {
    for secret in ["jan@example.com", "4111 1111 1111 1111", "+31 6 1234 5678", "shpat_0123abcd"] {
        for at in 8150..8200 {
            let text = format!("{} {secret} {}", "é".repeat(at / 2), "x ".repeat(9000));
            let seen = line(|| info!(note = text, "seen"));
            let note = seen["note"].as_str().unwrap().trim_start_matches('é');
            let note = note.replace("x ", "").replace('x', "");
            let rest = note.split_once('…').unwrap().0.trim();
            assert!(matches!(rest, "" | "[email]" | "[card]" | "[phone]" | "[token]"), "{at}: {rest}");
        }
    }
}

#[test]
fn a_huge_text_is_cut_and_its_size_told() {
    let seen = line(|| info!(note = "a".repeat(1 << 20), "seen"));
    assert_eq!(seen["note"], json!("… [1048576 bytes]"));
}

#[test]
fn what_is_no_json_is_masked_as_text() {
    let out = Out::default();
    let lines = Lines::new(Form::Json, out.clone());
    let mut event = tracing_subscriber::fmt::MakeWriter::make_writer(&lines);
    event.write_all(b"to jan@exa").unwrap();
    event.write_all(b"mple.com \xff").unwrap();
    drop(event);
    let text = String::from_utf8(out.0.lock().unwrap().clone()).unwrap();
    let seen: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(seen["message"], json!("to [email] \u{fffd}"));
}

#[test]
fn a_level_that_cannot_be_read_becomes_info_and_is_told() {
    for (wanted, level, told) in [
        ("", "info", false),
        ("debug", "debug", false),
        ("warn,gate=debug", "gate=debug,warn", false),
        ("gate=loud", "info", true),
    ] {
        let (filter, problem) = filter(wanted);
        assert_eq!((filter.to_string(), problem.is_some()), (level.to_owned(), told), "{wanted}");
    }
}
