//! Finds the price of a product that was vetted.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], product_pricing::function).await
}
