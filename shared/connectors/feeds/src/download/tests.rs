use crate::{FeedError, Options, Reader, Source, open, testing::euros};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// Opens a feed from a server on this machine that gives one answer, then waits for `stalls`.
async fn fetch(answer: Vec<u8>, stalls: bool, options: Options) -> Result<Reader, FeedError> {
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://user:secret@{}/feed.csv?token=secret", server.local_addr().unwrap());
    let serve = async {
        let (mut stream, _) = server.accept().await.unwrap();
        let mut request = [0; 4_096];
        let _read = stream.read(&mut request).await.unwrap();
        // The client may hang up early, which is what is tested.
        let _sent = stream.write_all(&answer).await;
        if stalls {
            std::future::pending::<()>().await;
        }
    };
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let source: Source = address.parse().unwrap();
    let read = open(&source, &options, &client);
    let (reader, ()) = tokio::select! {
        reader = read => (reader, ()),
        () = async { serve.await; std::future::pending().await } => unreachable!(),
    };
    reader
}

fn ok(body: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

#[tokio::test]
async fn a_feed_on_the_web_is_read_like_a_file() {
    let mut reader = fetch(ok("Handle,Title,Vendor\na,A,V\n"), false, euros()).await.unwrap();
    let item = reader.next().unwrap().unwrap();
    assert_eq!(item.title, "A");
    assert!(item.source.file.starts_with("http://127.0.0.1:") && item.source.file.ends_with("/feed.csv"));
}

#[tokio::test]
async fn another_status_than_success_is_an_error_with_address_and_status() {
    let answer = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".to_vec();
    let error = fetch(answer, false, euros()).await.err().unwrap();
    let message = error.to_string();
    assert!(message.contains("/feed.csv` answered with status 403") && !message.contains("secret"), "{message}");
    assert!(!error.is_transient());
    let busy = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".to_vec();
    assert!(fetch(busy, false, euros()).await.err().unwrap().is_transient());
}

#[tokio::test]
async fn a_page_instead_of_a_feed_is_refused() {
    let error = fetch(ok("<!doctype html><title>Sign in</title>"), false, euros()).await.err().unwrap();
    assert!(error.to_string().contains("it is a web page"), "{error}");
}

#[tokio::test]
async fn a_download_is_bounded_in_size_with_and_without_a_stated_length() {
    let options = || Options { download_bytes: 1_000, ..euros() };
    let stated = b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n".to_vec();
    let error = fetch(stated, true, options()).await.err().unwrap();
    assert!(error.to_string().ends_with("is larger than 1000 bytes: allow more, or split the feed"), "{error}");
    let mut unstated = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    unstated.extend(vec![b'x'; 100_000]);
    assert!(matches!(fetch(unstated, true, options()).await, Err(FeedError::TooLarge { bytes: 1_000, .. })));
}

#[tokio::test]
async fn a_download_is_bounded_in_time() {
    let options = Options { download_time: Duration::from_millis(50), ..euros() };
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nHandle".to_vec();
    assert!(matches!(fetch(answer, true, options).await, Err(FeedError::TooSlow { .. })));
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error_and_not_half_a_feed() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nHandle,Title,Vendor\na,A,V\n".to_vec();
    let error = fetch(answer, false, euros()).await.err().unwrap();
    assert!(matches!(error, FeedError::Unreachable { .. }) && error.is_transient(), "{error}");
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named() {
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let source: Source = format!("http://{}/feed.csv", server.local_addr().unwrap()).parse().unwrap();
    drop(server);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let error = open(&source, &euros(), &client).await.err().unwrap();
    assert!(error.to_string().starts_with("cannot download `http://127.0.0.1:"), "{error}");
}
