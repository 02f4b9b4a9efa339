//! Finds products worth selling in suppliers' feeds.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&["ROYAL_FEEDS"], product_scout::function).await
}
