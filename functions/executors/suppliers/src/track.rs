//! `order.track`: a parcel whose supplier says nothing of it is followed by its carrier's number.

use crate::fate::fate;
use agent::{Evidence, ExecuteError, Order};
use domain::action::OrderTrack;
use supply::{
    Error,
    tracking::{AfterShip, Followed},
};

/// Has the parcel followed; one that is followed already is as good.
pub(crate) async fn follow(
    carriers: &AfterShip,
    order: &Order<'_>,
    action: &OrderTrack,
) -> Result<Evidence, ExecuteError> {
    order.guard.check().await?;
    let followed = carriers.follow(action.parcel, &action.number).await.map_err(unfollowed)?;
    Ok(evidence(followed, action))
}

/// Whether it is followed.
pub(crate) async fn find(carriers: &AfterShip, action: &OrderTrack) -> Result<Option<Evidence>, ExecuteError> {
    let found = carriers.status(&action.number).await.map_err(unfollowed)?;
    Ok(found.map(|followed| evidence(followed, action)))
}

fn evidence(followed: Followed, action: &OrderTrack) -> Evidence {
    let detail = format!("{} follows {} (`{}`)", AfterShip::NAME, action.number, followed.tag);
    Evidence { remote_id: followed.id, link: None, detail }
}

/// Without a key nobody is asked to do it by hand: whoever ordered it says when it has arrived.
fn unfollowed(error: Error) -> ExecuteError {
    match error {
        Error::NoCredential(why) => ExecuteError::NoCredential(format!("no carrier is asked where it is: {why}")),
        other => fate(other),
    }
}
