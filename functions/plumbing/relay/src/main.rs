//! Turns committed changes into messages; the only function that sends any.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(relay::NEEDS, relay::function).await
}
