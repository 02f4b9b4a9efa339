use super::Fields;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::model::Place;
use serde_json::{Value, json};

/// The shop itself, its sales channels and its stock locations.
pub(super) fn view(cx: &Cx<'_>, id: &Gid<'_>) -> Result<Option<Fields>, Fail> {
    let view = match id.kind {
        "Shop" => Some(shop(cx)?),
        "Location" => find(cx.locations()?, id.id).map(|p| location(&p)),
        "Publication" => find(cx.publications()?, id.id).map(|p| publication(&p)),
        _ => find(cx.publications()?, id.id).map(|p| catalog(&p)),
    };
    Ok(view.and_then(|v| v.as_object().cloned()))
}

fn find(places: Vec<Place>, id: i64) -> Option<Place> {
    places.into_iter().find(|p| p.id == id)
}

fn shop(cx: &Cx<'_>) -> Result<Value, Fail> {
    let settings = cx.settings;
    let url = format!("https://{}", settings.shop_domain);
    let domain = json!({
        "id": gid("Domain", 1),
        "host": settings.shop_domain,
        "url": url,
        "sslEnabled": true,
    });
    Ok(json!({
        "name": settings.shop_name,
        "myshopifyDomain": settings.shop_domain,
        "primaryDomain": domain,
        "url": url,
        "currencyCode": settings.currency,
        "ianaTimezone": "Etc/UTC",
        "timezoneAbbreviation": "UTC",
        "timezoneOffset": "+0000",
        "timezoneOffsetMinutes": 0,
        "taxesIncluded": settings.taxes_included,
        "publicationCount": cx.publications()?.len(),
    }))
}

fn location(place: &Place) -> Value {
    json!({
        "name": place.name,
        "legacyResourceId": place.id.to_string(),
        "isActive": true,
        "fulfillsOnlineOrders": true,
        "shipsInventory": true,
        "isFulfillmentService": false,
        "hasUnfulfilledOrders": false,
        "metafields": [],
        "createdAt": place.created_at,
        "updatedAt": place.created_at,
    })
}

fn publication(place: &Place) -> Value {
    json!({
        "name": place.name,
        "autoPublish": false,
        "supportsFuturePublishing": true,
        "catalog": gid("AppCatalog", place.id),
    })
}

fn catalog(place: &Place) -> Value {
    json!({
        "title": place.name,
        "status": "ACTIVE",
        "publication": gid("Publication", place.id),
    })
}
