//! Carries out what was granted at suppliers: the only holder of the credentials that spend money there.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], suppliers::function).await
}
