//! Decides what policy leaves to the CEO function, and watches over the whole.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::serve(&[], ceo::function).await
}
