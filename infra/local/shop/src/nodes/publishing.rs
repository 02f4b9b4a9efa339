use super::{Fields, count};
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs;
use crate::model::Product;
use crate::text;
use serde_json::{Value, json};
use time::OffsetDateTime;

/// Where the product is published. A draft may be assigned to a publication, but it is published
/// there only once it is active and the date has come.
pub(super) fn view(cx: &Cx<'_>, product: &Product) -> Result<Fields, Fail> {
    let now = cx.unix();
    let assigned: Vec<Value> = product
        .publications
        .iter()
        .map(|(id, at)| {
            json!({
                "publication": gid("Publication", *id),
                "publishDate": date(*at),
                "isPublished": product.is_published_on(*id, now),
                "publishable": gid("Product", product.id),
            })
        })
        .collect();
    let live: Vec<_> = assigned.iter().filter(|a| is_live(a)).collect();
    let first = product.publications.values().min().filter(|_| !live.is_empty());
    let elsewhere: Vec<_> = cx
        .publications()?
        .iter()
        .filter(|p| !product.publications.contains_key(&p.id))
        .map(|p| gid("Publication", p.id))
        .collect();
    let view = json!({
        "availablePublicationsCount": count(live.len()),
        "publishedAt": first.map(|at| date(*at)),
        "onlineStoreUrl": url(cx, product, !live.is_empty()),
        "unpublishedPublications": elsewhere,
        "_publications": assigned,
    });
    Ok(view.as_object().cloned().unwrap_or_default())
}

fn is_live(assigned: &Value) -> bool {
    inputs::at(assigned, "isPublished") == &json!(true)
}

fn date(unix: i64) -> String {
    OffsetDateTime::from_unix_timestamp(unix).map_or_else(|_| String::new(), text::stamp)
}

fn url(cx: &Cx<'_>, product: &Product, live: bool) -> Option<String> {
    let base = cx.settings.storefront_url.as_ref().filter(|_| live)?;
    Some(format!("{}/products/{}", base.trim_end_matches('/'), product.handle))
}

pub(super) fn computed(cx: &Cx<'_>, fields: &Fields, call: &Call<'_>) -> Result<Option<Value>, Fail> {
    let assigned = fields.get("_publications").and_then(Value::as_array);
    let assigned = assigned.map(Vec::as_slice).unwrap_or_default();
    let only = call.flag("onlyPublished");
    let shown = || assigned.iter().filter(|a| !only || is_live(a));
    Ok(Some(match call.field {
        "resourcePublications" | "resourcePublicationsV2" => shown().cloned().collect(),
        "resourcePublicationsCount" => count(shown().count()),
        "publicationCount" => json!(shown().count()),
        "publishedOnPublication" => json!(on(cx, assigned, call)?),
        _ => return Ok(None),
    }))
}

fn on(cx: &Cx<'_>, assigned: &[Value], call: &Call<'_>) -> Result<bool, Fail> {
    let id = call.text("publicationId").unwrap_or_default();
    let number = Gid::of("Publication", id);
    if !cx.publications()?.iter().any(|p| Some(p.id) == number) {
        return Err(Fail::new("RESOURCE_NOT_FOUND", format!("Invalid id: {id}")));
    }
    Ok(assigned.iter().any(|a| inputs::at(a, "publication") == &json!(id) && is_live(a)))
}
