use super::*;
use axum::body::Body;
use axum::http::Request;

async fn call(target: &str, who: &str, body: &str) -> Call {
    let request = Request::post("/")
        .header("x-amz-target", target)
        .header(
            "authorization",
            format!("AWS4-HMAC-SHA256 Credential={who}/20260101/us-east-1/sqs/aws4_request, Sig=0"),
        )
        .body(Body::from(body.to_owned()))
        .unwrap();
    Call::read(request).await.unwrap()
}

fn warden() -> Warden {
    let all = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let agent = Grant { reads: all(&["TASK#"]), writes: all(&["PROPOSAL#"]), ..Grant::default() };
    let relay = Grant { sends: true, stream: true, ..Grant::default() };
    let executor = Grant { secrets: all(&["royal/shop"]), ..Grant::default() };
    let callers = [("agent", agent), ("relay", relay), ("executor", executor)];
    Warden::new(Some(Grants {
        table: "royal".to_owned(),
        partitions: all(&["pk"]),
        operator: "local".to_owned(),
        callers: callers.map(|(name, grant)| (name.to_owned(), grant)).into(),
    }))
}

#[tokio::test]
async fn each_service_is_open_to_those_it_was_granted_to() {
    let secret = r#"{"SecretId":"royal/shop"}"#;
    let cases = [
        ("AmazonSQS.SendMessage", "{}", "relay"),
        ("AmazonSQS.SendMessageBatch", "{}", "relay"),
        ("AWSEvents.PutEvents", "{}", "relay"),
        ("DynamoDBStreams_20120810.GetRecords", "{}", "relay"),
        ("secretsmanager.GetSecretValue", secret, "executor"),
        ("secretsmanager.GetSecretValue", r#"{"SecretId":"royal/mail"}"#, "nobody"),
        ("secretsmanager.PutSecretValue", secret, "nobody"),
        ("AmazonSQS.ReceiveMessage", "{}", "nobody"),
        ("AmazonSQS.DeleteQueue", "{}", "nobody"),
        ("AWSEvents.PutRule", "{}", "nobody"),
        ("DynamoDB_20120810.Scan", r#"{"TableName":"royal"}"#, "nobody"),
    ];
    for (target, body, granted) in cases {
        for who in ["agent", "relay", "executor", "local"] {
            let admitted = warden().admit(&call(target, who, body).await, |_| None);
            assert_eq!(admitted.is_ok(), who == granted || who == "local", "{who}: {target} {body}: {admitted:?}");
        }
    }
}

#[tokio::test]
async fn a_row_is_open_to_those_its_prefix_was_granted_to() {
    use Right::{Check, Read, Write};
    let cases = [
        (Read, "royal", Some("TASK#1"), true),
        (Read, "royal", Some("TASK#OPEN#0"), true),
        (Read, "royal", Some("PROPOSAL#1"), false),
        (Read, "royal", Some("TASKS"), false),
        (Read, "royal", None, false),
        (Write, "royal", Some("PROPOSAL#1"), true),
        (Write, "royal", Some("TASK#1"), false),
        (Write, "royal", Some("ACTION#1"), false),
        (Check, "royal", Some("TASK#1"), true),
        (Check, "royal", Some("PROPOSAL#1"), true),
        (Check, "royal", Some("ACTION#1"), false),
        (Read, "other", Some("TASK#1"), false),
    ];
    let call = call("DynamoDB_20120810.PutItem", "agent", "{}").await;
    for (right, table, partition, expected) in cases {
        let access = Access { right, action: "PutItem", table, partition };
        let admitted = warden().admit(&call, |_| Some(vec![access.clone()]));
        assert_eq!(admitted.is_ok(), expected, "{access:?}: {admitted:?}");
    }
}

#[tokio::test]
async fn a_refusal_says_who_what_and_where_and_is_remembered_once() {
    let (warden, call) = (warden(), call("DynamoDB_20120810.PutItem", "agent", "{}").await);
    let access = Access { right: Right::Write, action: "PutItem", table: "royal", partition: Some("ACTION#secret") };
    let refused = [1, 2].map(|_| warden.admit(&call, |_| Some(vec![access.clone()])).unwrap_err());
    let sentence =
        "`agent` is not authorized to perform `dynamodb:PutItem` on `ACTION#`: its `writes` in the catalogue lack it";
    assert_eq!(refused[0], ApiError::bad("AccessDeniedException", sentence));
    assert_eq!(warden.refusals(), [sentence]);
}

#[tokio::test]
async fn who_is_not_known_may_do_nothing_unless_there_are_no_grants() {
    let call = call("AmazonSQS.SendMessage", "stranger", "{}").await;
    assert_eq!(warden().admit(&call, |_| None).unwrap_err().code, "UnrecognizedClientException");
    assert!(Warden::default().admit(&call, |_| None).is_ok());
}
