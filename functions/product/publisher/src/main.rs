//! Writes the page of a product and proposes to put it on sale.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], product_publisher::function).await
}
