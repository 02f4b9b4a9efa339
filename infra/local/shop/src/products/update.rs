use super::{fields, identify};
use crate::calls::Call;
use crate::cx::Cx;
use crate::fail::Fail;
use crate::gid::{Gid, gid};
use crate::inputs;
use crate::metafields::{self, Owner};
use crate::model::Product;
use crate::mutation::{Handler, Outcome};
use crate::user_errors::UserErrors;
use serde_json::json;

pub(super) const UPDATE: Handler = Handler {
    name: "productUpdate",
    run: update,
    inputs: &[
        "identifier.id",
        "identifier.handle",
        "identifier.customId.namespace",
        "identifier.customId.key",
        "identifier.customId.value",
        "product.id",
        "product.title",
        "product.handle",
        "product.descriptionHtml",
        "product.vendor",
        "product.productType",
        "product.category",
        "product.status",
        "product.tags",
        "product.seo.title",
        "product.seo.description",
        "product.templateSuffix",
        "product.deleteConflictingConstrainedMetafields",
        "product.metafields.id",
        "product.metafields.namespace",
        "product.metafields.key",
        "product.metafields.type",
        "product.metafields.value",
    ],
};

fn update(cx: &Cx<'_>, call: &Call<'_>) -> Result<Outcome, Fail> {
    let Some(input) = call.object("product") else {
        return Err(Fail::new(
            "INVALID_FIELD_ARGUMENTS",
            "productUpdate must include exactly one of the following arguments: input, product.",
        ));
    };
    let found = match call.object("identifier") {
        Some(identifier) => identify::existing(cx, identifier)?,
        None => {
            let id = inputs::text(input, "id").and_then(|t| Gid::of("Product", t));
            cx.product(id.unwrap_or_default())?
        }
    };
    let Some(found) = found else {
        let errors = UserErrors::one("", "id", "Product does not exist");
        return Ok(Outcome::refused(json!({ "product": null }), errors));
    };
    let mut product = Product::clone(&found);
    let mut errors = UserErrors::default();
    fields::apply(cx, &mut product, input, "", &mut errors)?;
    let owner = Owner { kind: "PRODUCT", product: product.id, code: None };
    let entries = inputs::list(input, "metafields").unwrap_or_default();
    for (i, entry) in entries.into_iter().enumerate() {
        let at = format!("metafields.{i}");
        metafields::write(cx, &owner, &mut product.metafields, entry, &at, &mut errors)?;
    }
    let payload = json!({ "product": gid("Product", product.id) });
    if !errors.is_empty() {
        return Ok(Outcome::refused(payload, errors));
    }
    cx.save(&mut product, "productUpdate")?;
    Ok(Outcome::applied(payload))
}
