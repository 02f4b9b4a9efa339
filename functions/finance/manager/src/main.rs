//! Leads each order from the shop to the customer's door.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], finance_manager::function).await
}
