//! Finds the VAT of each order and draws up what is declared.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], finance_tax::function).await
}
