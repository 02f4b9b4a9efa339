//! Leads each product from its discovery to the shop.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], product_manager::function).await
}
