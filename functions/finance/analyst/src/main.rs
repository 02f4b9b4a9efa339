//! Keeps the books and says what they say.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], finance_analyst::function).await
}
