use super::{blank, fields, files, identify, variants};
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::gid;
use crate::inputs::{self, Input};
use crate::metafields::{self, CustomId, Owner};
use crate::model::Product;
use crate::mutation::{Handler, Outcome};
use crate::user_errors::UserErrors;
use serde_json::{Map, Value, json};

pub(super) const SET: Handler = Handler {
    name: "productSet",
    run: set,
    inputs: &[
        "synchronous",
        "identifier.id",
        "identifier.handle",
        "identifier.customId.namespace",
        "identifier.customId.key",
        "identifier.customId.value",
        "input.id",
        "input.title",
        "input.handle",
        "input.descriptionHtml",
        "input.vendor",
        "input.productType",
        "input.category",
        "input.status",
        "input.tags",
        "input.seo.title",
        "input.seo.description",
        "input.templateSuffix",
        "input.metafields.id",
        "input.metafields.namespace",
        "input.metafields.key",
        "input.metafields.type",
        "input.metafields.value",
        "input.files.id",
        "input.files.alt",
        "input.files.contentType",
        "input.files.originalSource",
        "input.files.filename",
        "input.files.duplicateResolutionMode",
        "input.productOptions.id",
        "input.productOptions.name",
        "input.productOptions.position",
        "input.productOptions.values.id",
        "input.productOptions.values.name",
        "input.variants.id",
        "input.variants.sku",
        "input.variants.barcode",
        "input.variants.price",
        "input.variants.compareAtPrice",
        "input.variants.taxable",
        "input.variants.position",
        "input.variants.inventoryPolicy",
        "input.variants.optionValues.id",
        "input.variants.optionValues.name",
        "input.variants.optionValues.optionId",
        "input.variants.optionValues.optionName",
        "input.variants.inventoryItem.sku",
        "input.variants.inventoryItem.cost",
        "input.variants.inventoryItem.tracked",
        "input.variants.inventoryItem.requiresShipping",
        "input.variants.inventoryItem.countryCodeOfOrigin",
        "input.variants.inventoryItem.harmonizedSystemCode",
        "input.variants.inventoryItem.measurement.weight.unit",
        "input.variants.inventoryItem.measurement.weight.value",
        "input.variants.inventoryQuantities.locationId",
        "input.variants.inventoryQuantities.name",
        "input.variants.inventoryQuantities.quantity",
        "input.variants.file.id",
        "input.variants.file.alt",
        "input.variants.file.contentType",
        "input.variants.file.originalSource",
        "input.variants.file.filename",
        "input.variants.file.duplicateResolutionMode",
        "input.variants.metafields.id",
        "input.variants.metafields.namespace",
        "input.variants.metafields.key",
        "input.variants.metafields.type",
        "input.variants.metafields.value",
    ],
};

fn set(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let input = call.object("input").cloned().unwrap_or_default();
    let target = match identify::target(cx, call, &input)? {
        Ok(target) => target,
        Err(errors) => return answer(cx, call, None, Err(errors)),
    };
    let existing = target.product.as_ref().map(|p| p.id);
    let mut product = match &target.product {
        Some(product) => Product::clone(product),
        None => blank(cx)?,
    };
    let mut errors = UserErrors::default();
    fields::apply(cx, &mut product, &input, "input.", &mut errors)?;
    files::apply(cx, &mut product, &input, &mut errors)?;
    variants::apply(cx, &mut product, &input, &mut errors)?;
    write_metafields(cx, &mut product, &input, target.custom.as_ref(), &mut errors)?;
    if !errors.is_empty() {
        return answer(cx, call, existing, Err(errors));
    }
    cx.save(&mut product, "productSet")?;
    answer(cx, call, Some(product.id), Ok(()))
}

/// The list replaces what is there; without a list a new custom id is added by itself.
fn write_metafields(
    cx: &Cx<'_>,
    product: &mut Product,
    input: &Input,
    custom: Option<&CustomId>,
    errors: &mut UserErrors,
) -> Result<(), Fail> {
    let owner = Owner { kind: "PRODUCT", product: product.id, code: Some("INVALID_METAFIELD") };
    let mut list = product.metafields.clone();
    match (inputs::list(input, "metafields"), custom) {
        (Some(entries), _) => {
            let before = std::mem::take(&mut list);
            for (i, entry) in entries.into_iter().enumerate() {
                keep(&before, &mut list, entry);
                let at = format!("input.metafields.{i}");
                metafields::write(cx, &owner, &mut list, entry, &at, errors)?;
            }
        }
        (None, Some(custom)) => {
            let entry = Map::from_iter([
                ("namespace".to_owned(), json!(custom.namespace)),
                ("key".to_owned(), json!(custom.key)),
                ("value".to_owned(), json!(custom.value)),
            ]);
            let at = "identifier.customId";
            metafields::write(cx, &owner, &mut list, &entry, at, errors)?;
        }
        (None, None) => {}
    }
    product.metafields = list;
    Ok(())
}

/// Carries over the metafield that an entry names, so that its id stays.
fn keep(before: &[crate::model::Metafield], list: &mut Vec<crate::model::Metafield>, entry: &Input) {
    let namespace = metafields::namespace(inputs::text(entry, "namespace"));
    let key = inputs::text(entry, "key");
    let id = inputs::text(entry, "id").and_then(|t| crate::gid::Gid::of("Metafield", t));
    let named =
        |m: &&crate::model::Metafield| Some(m.id) == id || (m.namespace == namespace && Some(m.key.as_str()) == key);
    list.extend(before.iter().find(named).cloned());
}

/// The payload. Asynchronous calls get an operation to poll, which is complete when first polled.
fn answer(cx: &Cx<'_>, call: &Call<'_>, product: Option<i64>, result: Result<(), UserErrors>) -> Result<Outcome, Fail> {
    let link = product.map_or(Value::Null, |id| json!(gid("Product", id)));
    if call.flag("synchronous") {
        let payload = json!({ "product": link, "productSetOperation": null });
        return Ok(match result {
            Ok(()) => Outcome::applied(payload),
            Err(errors) => Outcome::refused(payload, errors),
        });
    }
    let id = cx.store.next_id()?;
    let errors = result.err().map_or_else(|| json!([]), UserErrors::into_json);
    let done = json!({ "status": "COMPLETE", "product": link, "userErrors": errors });
    cx.store.put("operation", &id.to_string(), &done)?;
    let started = json!({
        "id": gid("ProductSetOperation", id),
        "status": "CREATED",
        "product": null,
        "userErrors": [],
    });
    Ok(Outcome::applied(json!({ "product": null, "productSetOperation": started })))
}
