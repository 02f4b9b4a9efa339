//! Tells approvers by mail and chat what waits for them and what happened.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], notify::function).await
}
