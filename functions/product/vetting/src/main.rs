//! Judges the supplier of a product that the scout found.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&["ROYAL_SUPPLIERS"], product_vetting::function).await
}
