//! Carries out what was granted in the shop: the only holder of its write credential.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], storefront::function).await
}
