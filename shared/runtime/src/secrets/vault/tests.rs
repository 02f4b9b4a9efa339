use super::*;
use aws_config::{BehaviorVersion, Region};
use aws_sdk_secretsmanager::config::{Credentials, SharedCredentialsProvider};
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    thread,
};

/// A Secrets Manager on loopback that gives one answer, and hands back the request that it saw.
fn answering(status: u16, body: &'static str) -> (SdkConfig, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = vec![0; 8192];
        let mut read = 0;
        while !String::from_utf8_lossy(&request[..read]).ends_with('}') {
            read += stream.read(&mut request[read..]).unwrap();
        }
        let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close", body.len());
        write!(stream, "{head}\r\ncontent-type: application/x-amz-json-1.1\r\n\r\n{body}").unwrap();
        String::from_utf8_lossy(&request[..read]).into_owned()
    });
    let credentials = Credentials::new("test", "test", None, None, "test");
    let sdk = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(url)
        .build();
    (sdk, server)
}

async fn fetch(status: u16, body: &'static str) -> Result<Option<String>, String> {
    let (sdk, server) = answering(status, body);
    let fetched = SecretsManager::new(sdk).fetch("royal/shopify-token").await;
    let request = server.join().unwrap();
    assert!(request.contains("secretsmanager.GetSecretValue"), "{request}");
    assert!(request.ends_with(r#"{"SecretId":"royal/shopify-token"}"#), "{request}");
    fetched.map(|secret| secret.map(|secret| secret.expose().to_owned()))
}

#[tokio::test]
async fn a_stored_value_is_a_secret_and_none_is_none() {
    for (status, body, expected) in [
        (200, r#"{"SecretString":"shpat_1\n"}"#, Some("shpat_1")),
        (200, r#"{"SecretBinary":"c2hwYXRfMg=="}"#, Some("shpat_2")),
        (200, r#"{"SecretString":" "}"#, None),
        (400, r#"{"__type":"ResourceNotFoundException"}"#, None),
        (400, r#"{"__type":"InvalidRequestException"}"#, None),
    ] {
        assert_eq!(fetch(status, body).await.unwrap().as_deref(), expected, "{body}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_an_error_with_its_reason() {
    for (status, body, reason) in [
        (400, r#"{"__type":"AccessDeniedException"}"#, "AccessDeniedException"),
        (200, r#"{"SecretBinary":"/w=="}"#, "not UTF-8"),
    ] {
        let error = fetch(status, body).await.unwrap_err();
        assert!(error.contains(reason), "{error}");
    }
}
