//! Carries out what was granted in our own books: lifts stops and sets goals.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], ledger::function).await
}
