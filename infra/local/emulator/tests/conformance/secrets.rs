//! Secrets Manager.

use aws_sdk_secretsmanager::primitives::Blob;

use crate::stack::{stack, stack_at};

#[tokio::test]
async fn a_rotated_secret_has_a_current_and_a_previous_version() {
    let stack = stack().await;
    let secrets = &stack.clients.secrets;
    let created =
        secrets.create_secret().name("shop/token").secret_string("one").description("d").send().await.unwrap();
    let first = created.version_id().unwrap().to_owned();
    let put = secrets.put_secret_value().secret_id("shop/token").secret_string("two").send().await.unwrap();

    let current = secrets.get_secret_value().secret_id(created.arn().unwrap()).send().await.unwrap();
    assert_eq!((current.secret_string(), current.version_id()), (Some("two"), put.version_id()));
    assert_eq!(current.version_stages(), ["AWSCURRENT"]);
    let previous =
        secrets.get_secret_value().secret_id("shop/token").version_stage("AWSPREVIOUS").send().await.unwrap();
    assert_eq!((previous.secret_string(), previous.version_id()), (Some("one"), Some(first.as_str())));
    let by_id = secrets.get_secret_value().secret_id("shop/token").version_id(&first).send().await.unwrap();
    assert_eq!(by_id.secret_string(), Some("one"));

    let described = secrets.describe_secret().secret_id("shop/token").send().await.unwrap();
    assert_eq!(described.description(), Some("d"));
    assert_eq!(described.version_ids_to_stages().unwrap()[&first], ["AWSPREVIOUS"]);
}

#[tokio::test]
async fn the_same_call_again_changes_nothing_and_another_value_is_refused() {
    let stack = stack().await;
    let secrets = &stack.clients.secrets;
    let token = "a".repeat(32);
    let create = || secrets.create_secret().name("s").client_request_token(&token);
    create().secret_string("one").send().await.unwrap();
    create().secret_string("one").send().await.unwrap();
    let other = create().secret_string("two").send().await.unwrap_err().into_service_error();
    assert!(other.is_resource_exists_exception(), "{other:?}");
    let put = secrets.put_secret_value().secret_id("s").client_request_token(&token).secret_string("two").send().await;
    assert!(put.unwrap_err().into_service_error().is_resource_exists_exception());
}

#[tokio::test]
async fn a_pending_version_is_not_current_and_bytes_come_back_as_they_were() {
    let stack = stack().await;
    let secrets = &stack.clients.secrets;
    secrets.create_secret().name("key").secret_binary(Blob::new([0, 255, 1])).send().await.unwrap();
    let pending =
        secrets.put_secret_value().secret_id("key").secret_binary(Blob::new([9])).version_stages("AWSPENDING");
    pending.send().await.unwrap();
    let current = secrets.get_secret_value().secret_id("key").send().await.unwrap();
    assert_eq!(current.secret_binary().unwrap().as_ref(), [0, 255, 1]);
}

#[tokio::test]
async fn secrets_survive_a_restart_in_files_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let first = stack_at(folder.path()).await;
    first.clients.secrets.create_secret().name("s").secret_string("kept").send().await.unwrap();
    #[cfg(unix)]
    for file in std::fs::read_dir(folder.path()).unwrap() {
        use std::os::unix::fs::PermissionsExt;
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", file.path());
    }
    first.aws.stop().await;
    let second = stack_at(folder.path()).await;
    let value = second.clients.secrets.get_secret_value().secret_id("s").send().await.unwrap();
    assert_eq!(value.secret_string(), Some("kept"));
}

#[tokio::test]
async fn what_is_missing_deleted_or_not_emulated_is_refused() {
    let stack = stack().await;
    let secrets = &stack.clients.secrets;
    let missing = secrets.get_secret_value().secret_id("no").send().await.unwrap_err().into_service_error();
    assert!(missing.is_resource_not_found_exception(), "{missing:?}");
    secrets.create_secret().name("s").secret_string("x").send().await.unwrap();
    secrets.delete_secret().secret_id("s").send().await.unwrap();
    let deleted = secrets.get_secret_value().secret_id("s").send().await.unwrap_err().into_service_error();
    assert!(deleted.is_invalid_request_exception(), "{deleted:?}");
    let unknown = secrets.get_random_password().send().await.unwrap_err().into_service_error();
    assert_eq!(unknown.meta().code(), Some("UnknownOperationException"));
}
