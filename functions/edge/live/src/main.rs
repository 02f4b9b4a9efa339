//! Tells people who watch what happens, as it happens.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(live::NEEDS, live::function).await
}
