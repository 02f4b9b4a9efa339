use crate::cx::Cx;
use crate::fail::Fail;
use crate::handles;
use crate::inputs::{self, Input};
use crate::model::Product;
use crate::user_errors::UserErrors;
use serde_json::Value;

const MAX_TEXT: usize = 255;
const MAX_BODY: usize = 512 * 1024;
const INVALID: &str = "INVALID_PRODUCT";

/// Applies the fields that `productSet` and `productUpdate` share. `base` leads error paths: it is
/// `input.` or empty, as the two mutations name their inputs differently.
pub(super) fn apply(
    cx: &Cx<'_>,
    product: &mut Product,
    input: &Input,
    base: &str,
    errors: &mut UserErrors,
) -> Result<(), Fail> {
    title(product, input, base, errors);
    short(&mut product.vendor, input, base, ("vendor", "Vendor"), errors);
    short(&mut product.product_type, input, base, ("productType", "Product type"), errors);
    tags(product, input, base, errors);
    if let Some(html) = inputs::text(input, "descriptionHtml") {
        html.clone_into(&mut product.description_html);
        if html.len() > MAX_BODY {
            let at = format!("{base}descriptionHtml");
            errors.add(INVALID, &at, "Body (HTML) is too big (maximum is 512 KB)");
        }
    }
    if let Some(status) = inputs::text(input, "status") {
        status.clone_into(&mut product.status);
    }
    if let Some(seo) = inputs::object(input, "seo") {
        inputs::patch_text(&mut product.seo_title, seo, "title");
        inputs::patch_text(&mut product.seo_description, seo, "description");
    }
    inputs::patch_text(&mut product.template_suffix, input, "templateSuffix");
    category(product, input)?;
    handle(cx, product, input, errors)
}

/// The taxonomy is not known here, so any category of it is taken.
fn category(product: &mut Product, input: &Input) -> Result<(), Fail> {
    let given = inputs::text(input, "category");
    if given.is_some_and(|id| !id.starts_with("gid://shopify/TaxonomyCategory/")) {
        return Err(Fail::new("INVALID_PRODUCT_TAXONOMY_NODE_ID", "Invalid product_taxonomy_node_id"));
    }
    inputs::patch_text(&mut product.category, input, "category");
    Ok(())
}

fn title(product: &mut Product, input: &Input, base: &str, errors: &mut UserErrors) {
    if let Some(title) = inputs::text(input, "title") {
        title.trim().clone_into(&mut product.title);
    }
    let at = format!("{base}title");
    if product.title.is_empty() {
        errors.add(INVALID, &at, "Title can't be blank");
    } else if product.title.chars().count() > MAX_TEXT {
        errors.add(INVALID, &at, "Title is too long (maximum is 255 characters)");
    }
}

fn short(target: &mut String, input: &Input, base: &str, (name, label): (&str, &str), errors: &mut UserErrors) {
    let Some(text) = inputs::text(input, name) else {
        return;
    };
    text.clone_into(target);
    if text.chars().count() > MAX_TEXT {
        let message = format!("{label} is too long (maximum is {MAX_TEXT} characters)");
        errors.add(INVALID, &format!("{base}{name}"), message);
    }
}

/// Tags are a sorted set; case does not distinguish them.
fn tags(product: &mut Product, input: &Input, base: &str, errors: &mut UserErrors) {
    let Some(given) = input.get("tags").filter(|v| !v.is_null()) else {
        return;
    };
    let single = std::slice::from_ref(given);
    let texts = given.as_array().map_or(single, Vec::as_slice);
    let mut tags: Vec<String> =
        texts.iter().filter_map(Value::as_str).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
    tags.sort_by_key(|tag| tag.to_lowercase());
    tags.dedup_by_key(|tag| tag.to_lowercase());
    if tags.iter().any(|tag| tag.chars().count() > MAX_TEXT) {
        errors.add(INVALID, &format!("{base}tags"), "Product tags is invalid");
    }
    product.tags = tags;
}

/// A handle that is given must be free; one that is derived is made free.
fn handle(cx: &Cx<'_>, product: &mut Product, input: &Input, errors: &mut UserErrors) -> Result<(), Fail> {
    let given = inputs::text(input, "handle").filter(|h| !h.trim().is_empty());
    let Some(given) = given else {
        if product.handle.is_empty() {
            product.handle = handles::generate(cx, &product.title, product.id)?;
        }
        return Ok(());
    };
    let wanted = handles::normalise(given);
    if wanted.chars().count() > MAX_TEXT {
        errors.add(INVALID, "input.handle", "Handle is too long (maximum is 255 characters)");
    } else if wanted.is_empty() {
        product.handle = handles::generate(cx, given, product.id)?;
    } else if handles::taken(cx, &wanted, product.id)? {
        let message = format!("Handle '{given}' already in use. Please provide a new handle.");
        errors.add("HANDLE_NOT_UNIQUE", "input.handle", message);
    } else {
        product.handle = wanted;
    }
    Ok(())
}
