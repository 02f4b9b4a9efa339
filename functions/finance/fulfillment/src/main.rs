//! Chooses suppliers for orders, and follows their parcels.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], finance_fulfillment::function).await
}
