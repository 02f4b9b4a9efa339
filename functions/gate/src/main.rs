//! Judges every proposal: the one door to the outside world.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], gate::function).await
}
