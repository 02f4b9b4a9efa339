//! The HTTP API as a Lambda function behind an API Gateway HTTP API.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    api::serve(api::Roster::new(catalog::catalog()?.agents())).await
}
