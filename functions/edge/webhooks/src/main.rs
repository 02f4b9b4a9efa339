//! The webhooks as a Lambda function behind an API Gateway HTTP API and a partner event bus.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], webhooks::function).await
}
