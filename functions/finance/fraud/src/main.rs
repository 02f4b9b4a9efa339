//! Scores orders for fraud.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], finance_fraud::function).await
}
