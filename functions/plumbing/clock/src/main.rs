//! Keeps deadlines, brings held work back, and has doubtful executions asked about.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], clock::function).await
}
