//! `product.unpublish`: off every channel, then into the archive, read back.
//!
//! The channels come first: that is what takes it off sale. The archive comes last, and carries the action's
//! id, so finding the id there means that all of it was done.

use crate::{Shop, fate::fate};
use agent::{Evidence, ExecuteError, Order};
use domain::{ActionId, action::ProductUnpublish};
use shopify::{Product, ProductStatus};

pub(crate) async fn execute(
    shop: &Shop,
    order: &Order<'_>,
    action: &ProductUnpublish,
) -> Result<Evidence, ExecuteError> {
    let id = order.id;
    let client = &shop.client;
    let missing = || ExecuteError::Refused(format!("the shop has no product `{}`", action.product));
    let product = client.find_product(&action.product).await.map_err(fate)?.ok_or_else(missing)?;
    if let Some(evidence) = confirmed(id, &product) {
        return Ok(evidence);
    }
    if let Some(why) = changed_since(order, action, &product) {
        return Err(ExecuteError::Premise(why));
    }
    let channels = client.publications().await.map_err(fate)?;
    if !channels.is_empty() {
        client.unpublish(&product.id, &channels).await.map_err(fate)?;
    }
    client.set_status(&product.id, ProductStatus::Archived, id).await.map_err(fate)?;
    let unclear = || ExecuteError::Unknown("the shop took every step, yet it is not in the archive".to_owned());
    find(shop, id, action).await?.ok_or_else(unclear)
}

pub(crate) async fn find(
    shop: &Shop,
    id: ActionId,
    action: &ProductUnpublish,
) -> Result<Option<Evidence>, ExecuteError> {
    let product = shop.client.find_product(&action.product).await.map_err(fate)?;
    Ok(product.and_then(|product| confirmed(id, &product)))
}

/// Why the publication that is to be undone is not what is on sale any more: somebody published another one since,
/// or began to.
fn changed_since(order: &Order<'_>, action: &ProductUnpublish, product: &Product) -> Option<String> {
    let undone = order.undoes?;
    let is_it = |by: domain::ActionId| by == undone || by == order.id;
    let by = product.applied.filter(|by| !is_it(*by))?;
    Some(format!("`{}` was changed by action {by} since action {undone}, which this was to undo", action.product))
}

fn confirmed(id: ActionId, product: &Product) -> Option<Evidence> {
    let done =
        product.applied == Some(id) && product.status == ProductStatus::Archived && product.published_on.is_empty();
    done.then(|| Evidence {
        remote_id: product.id.to_string(),
        link: None,
        detail: "off every sales channel and in the archive".to_owned(),
    })
}
