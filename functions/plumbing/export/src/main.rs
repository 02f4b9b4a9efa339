//! Exports the books to the warehouse.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], export::function).await
}
