//! Starting: what is wrong is named, with its fix.

use emulator::{Aws, Settings, StartError};

use crate::stack::{queue, stack, stack_at};

async fn error(change: impl FnOnce(&mut Settings)) -> StartError {
    let mut settings = Settings::default();
    change(&mut settings);
    match Aws::start(settings).await {
        Ok(_) => panic!("it started"),
        Err(error) => error,
    }
}

fn port(url: &str) -> u16 {
    url.rsplit(':').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let running = stack().await;
    let taken = port(&running.aws.endpoints().services);
    let dynamodb = error(|s| s.dynamodb_port = taken).await;
    let services = error(|s| s.services_port = taken).await;
    for error in [dynamodb, services] {
        assert!(matches!(error, StartError::PortInUse { port } if port == taken), "{error}");
        assert!(error.to_string().contains(&taken.to_string()));
    }
}

#[tokio::test]
async fn a_folder_in_use_is_named_and_free_again_after_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let running = stack_at(&path).await;
    let refused = error(|s| s.data_dir = Some(path.clone())).await;
    assert!(matches!(&refused, StartError::InUse { path: p } if p.starts_with(&path)), "{refused}");
    running.aws.stop().await;
    stack_at(&path).await.aws.stop().await;
}

#[tokio::test]
async fn a_file_of_another_program_is_named_and_kept() {
    for name in ["services.db", "dynamodb.db"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, "these are my notes, not a database of yours").unwrap();
        let refused = error(|s| s.data_dir = Some(folder.path().to_owned())).await;
        assert!(matches!(&refused, StartError::NotOurs { path } if *path == file), "{refused}");
        assert!(std::fs::read_to_string(&file).unwrap().starts_with("these are my notes"));
    }
}

#[tokio::test]
async fn a_path_that_cannot_be_a_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let refused = error(|s| s.data_dir = Some(file.join("deeper"))).await;
    assert!(refused.to_string().contains("deeper"), "{refused}");
}

#[tokio::test]
async fn a_dropped_stack_stops_and_its_port_is_free() {
    let running = stack().await;
    let (url, _) = queue(&running.clients.sqs, "q", &[]).await;
    let taken = port(&running.aws.endpoints().services);
    drop(running);
    crate::stack::eventually("the port is free", async || std::net::TcpListener::bind(("127.0.0.1", taken)).is_ok())
        .await;
    assert!(url.contains(&taken.to_string()));
}

#[tokio::test]
async fn the_environment_points_the_sdk_at_this_stack_only() {
    let stack = stack().await;
    let endpoints = stack.aws.endpoints();
    let environment = endpoints.environment();
    let value = |name: &str| environment.iter().find(|(n, _)| *n == name).unwrap().1;
    assert_eq!(value("AWS_ENDPOINT_URL"), endpoints.services);
    assert_eq!(value("AWS_ENDPOINT_URL_DYNAMODB"), endpoints.dynamodb);
    assert_eq!(value("AWS_ENDPOINT_URL_DYNAMODB_STREAMS"), endpoints.dynamodb);
    assert!(endpoints.services.starts_with("http://127.0.0.1:"));
}
