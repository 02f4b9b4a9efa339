//! Keeping a draft: the same files are the same revision, whoever sends them.

use crate::{
    auth::Permit,
    problem::{Kind, Problem},
    view::who,
};
use domain::{Digest, Revision};
use policy::Policy;
use store::{Row, revisions::Keep};

/// Keeps `policy` as a draft; one that is kept already stays as it is.
///
/// # Errors
/// When it cannot be written down, or the table does not answer.
pub(super) async fn keep(permit: &Permit, policy: &Policy) -> Result<Row<Revision>, Problem> {
    let broken = |why: String| Problem::new(Kind::Internal, why);
    let bundle = policy.bundle().map_err(|error| broken(error.to_string()))?;
    let revision = Digest::try_from(bundle.revision).map_err(broken)?;
    let sha256 = Digest::try_from(bundle.sha256).map_err(broken)?;
    let keep = Keep { revision: &revision, bundle: &sha256, bytes: &bundle.bytes, delivered: false };
    Ok(permit.store().keep_revision(keep, who(&permit.person().account), permit.now()).await?)
}
