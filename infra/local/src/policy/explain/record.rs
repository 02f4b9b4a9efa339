//! A decision out of a folder at rest, explained by the revision that made it.

use crate::{stack, state::State};
use anyhow::{Context as _, Result, bail};
use domain::{ActionId, Record, Revision};
use emulator::Aws;
use policy::{Explanation, Policy};
use std::path::Path;
use store::Store;

/// Name of the table in the embedded services.
const TABLE: &str = "royal";

/// Why an action of a local run was decided as it was.
pub(super) async fn explained(folder: &Path, action: ActionId) -> Result<Explanation> {
    if !folder.join("layout").exists() {
        bail!("`{}` is no state folder: name one with --state, or a running system with --url", folder.display());
    }
    let state = State::open(folder, false).context("a system that runs is asked with --url")?;
    let settings = emulator::Settings { data_dir: Some(state.sub("aws")?), ..emulator::Settings::default() };
    let aws = Aws::start(settings).await?;
    let sdk = stack::sdk(aws.endpoints().services.as_str()).await;
    let found = of(&Store::new(aws_sdk_dynamodb::Client::new(&sdk), TABLE), action).await;
    aws.stop().await;
    found
}

async fn of(store: &Store, action: ActionId) -> Result<Explanation> {
    let row = store.get::<Record>(&action.to_string()).await?;
    let decision = row.with_context(|| format!("there is no action `{action}` that was decided"))?.value.decision;
    let seen = store.input(action, &decision.input).await?;
    let seen = seen.context("what it was decided on is not kept any more")?;
    let kept = store.get::<Revision>(&decision.revision).await?;
    let kept = kept.context("the revision that decided is not kept")?.value.kept();
    let policy = Policy::open(&store.bundle(&kept).await?, kept.bundle.as_str())?;
    Ok(policy.explain_decision(&serde_json::from_str(&seen)?, decision))
}
