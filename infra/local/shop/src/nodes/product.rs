use super::{Fields, count, metafields_json, publishing};
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::model::{Media, Product, Variant};
use crate::text;
use rust_decimal::Decimal;
use serde_json::{Value, json};

pub(super) fn view(cx: &Cx<'_>, product: &Product) -> Result<Fields, Fail> {
    let id = gid("Product", product.id);
    let mut fields = about(product);
    fields.extend(selling(cx, product));
    fields.extend(publishing::view(cx, product)?);
    fields.insert("options".into(), options(product));
    fields.insert("media".into(), media_links(&product.media));
    fields.insert("mediaCount".into(), count(product.media.len()));
    fields.insert("featuredMedia".into(), featured(cx, product));
    fields.insert("metafields".into(), metafields_json(&product.metafields, "PRODUCT", &id));
    Ok(fields)
}

fn about(product: &Product) -> Fields {
    let view = json!({
        "legacyResourceId": product.id.to_string(),
        "handle": product.handle,
        "title": product.title,
        "descriptionHtml": product.description_html,
        "description": text::plain(&product.description_html),
        "vendor": product.vendor,
        "productType": product.product_type,
        "category": product.category.as_ref().map(|id| json!({ "id": id })),
        "status": product.status,
        "tags": product.tags,
        "seo": { "title": product.seo_title, "description": product.seo_description },
        "templateSuffix": product.template_suffix,
        "isGiftCard": false,
        "requiresSellingPlan": false,
        "hasVariantsThatRequiresComponents": false,
        "collections": [],
        "createdAt": product.created_at,
        "updatedAt": product.updated_at,
    });
    view.as_object().cloned().unwrap_or_default()
}

fn selling(cx: &Cx<'_>, product: &Product) -> Fields {
    let variants = &product.variants;
    let tracked = || variants.iter().filter(|v| v.item.tracked);
    let total: i64 = tracked().map(|v| v.item.available()).sum();
    let links: Value = variants.iter().map(|v| gid("ProductVariant", v.id)).collect();
    let prices = || variants.iter().map(|v| v.price);
    let view = json!({
        "variants": links,
        "variantsCount": count(variants.len()),
        "totalVariants": variants.len(),
        "hasOnlyDefaultVariant": product.options.iter().all(|o| o.name == "Title"),
        "hasOutOfStockVariants": tracked().any(|v| v.item.available() <= 0),
        "tracksInventory": tracked().next().is_some(),
        "totalInventory": total,
        "priceRangeV2": {
            "minVariantPrice": money(cx, prices().min()),
            "maxVariantPrice": money(cx, prices().max()),
        },
    });
    view.as_object().cloned().unwrap_or_default()
}

fn money(cx: &Cx<'_>, amount: Option<Decimal>) -> Value {
    json!({ "amount": amount.map(text::decimal), "currencyCode": cx.settings.currency })
}

fn options(product: &Product) -> Value {
    let used = |id: i64| product.variants.iter().any(|v: &Variant| v.values.contains(&id));
    let value = |v: &crate::model::OptionValue| json!({ "id": gid("ProductOptionValue", v.id), "name": v.name, "hasVariants": used(v.id) });
    let option = |(i, o): (usize, &crate::model::ProductOption)| {
        json!({
            "id": gid("ProductOption", o.id),
            "name": o.name,
            "position": i.saturating_add(1),
            "values": o.values.iter().map(|v| v.name.clone()).collect::<Vec<_>>(),
            "optionValues": o.values.iter().map(value).collect::<Vec<_>>(),
        })
    };
    product.options.iter().enumerate().map(option).collect()
}

fn media_links(media: &[Media]) -> Value {
    media.iter().map(|m| gid("MediaImage", m.id)).collect()
}

fn featured(cx: &Cx<'_>, product: &Product) -> Value {
    let ready = product.media.iter().find(|m| status(cx, m) == "READY");
    ready.map_or(Value::Null, |m| json!(gid("MediaImage", m.id)))
}

/// UPLOADED in the answer that created it, then PROCESSING, then READY.
fn status(cx: &Cx<'_>, media: &Media) -> &'static str {
    let age = cx.unix().saturating_sub(media.added);
    let needed = cx.settings.media_processing.whole_seconds();
    match age {
        age if age >= needed => "READY",
        0 => "UPLOADED",
        _ => "PROCESSING",
    }
}

/// An image. The sandbox fetches nothing: a ready image has the URL it was created from.
pub(super) fn image(cx: &Cx<'_>, product: &Product, id: i64) -> Option<Fields> {
    let media = product.media.iter().find(|m| m.id == id)?;
    let status = status(cx, media);
    let image = match status {
        "READY" => json!({
            "id": gid("ImageSource", id),
            "url": media.source,
            "altText": media.alt,
        }),
        _ => Value::Null,
    };
    let view = json!({
        "alt": media.alt,
        "mediaContentType": "IMAGE",
        "status": status,
        "fileStatus": status,
        "mediaErrors": [],
        "mediaWarnings": [],
        "fileErrors": [],
        "preview": { "status": status, "image": image },
        "image": image,
        "originalSource": { "url": media.source },
        "createdAt": media.created_at,
        "updatedAt": media.created_at,
    });
    view.as_object().cloned()
}
