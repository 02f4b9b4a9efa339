//! Keeps the shop's stock what can be sold.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], product_inventory::function).await
}
